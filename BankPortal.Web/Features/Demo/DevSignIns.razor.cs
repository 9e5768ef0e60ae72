namespace BankPortal.Web.Features.Demo;

/// <summary>Shows how to sign in as the people of the demonstration. Where there is no demonstration there is no such page.</summary>
public sealed partial class DevSignIns : ComponentBase
{
    private IReadOnlyList<DemoSignIn>? _signIns;

    [Inject] public required IServiceProvider Services { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    protected override void OnInitialized()
    {
        if (Services.GetService<DemoSignIns>() is not { } demo)
        {
            Navigation.NotFound();
            return;
        }

        _signIns = demo.All;
    }
}
