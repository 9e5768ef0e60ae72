using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;

namespace BankPortal.Web.Components.Layout;

public sealed partial class NavMenu
{
    // Null until it is known who looks; empty for a visitor.
    private ImmutableArray<NavSection>? _sections;
    private string _path = "";

    [Inject] public required NavigationManager Navigation { get; init; }

    [CascadingParameter] private Task<AuthenticationState>? AuthenticationState { get; set; }

    public void Dispose() => Navigation.LocationChanged -= Moved;

    protected override void OnInitialized()
    {
        _path = PathOf(Navigation.Uri);
        Navigation.LocationChanged += Moved;
    }

    protected override async Task OnParametersSetAsync() =>
        _sections = AuthenticationState is null ? [] : [.. BankNavigation.For((await AuthenticationState).User)];

    private static string PathOf(string address) => new Uri(address).AbsolutePath;

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        var path = PathOf(e.Location);
        if (path != _path)
        {
            _path = path;
            StateHasChanged();
        }
    }
}
