using BankPortal.Core.Products.Bookings;

namespace BankPortal.Web.Components.Products;

/// <summary>Shows what a product earns and costs. Reads once, when the page is interactive.</summary>
public sealed partial class TermsNote : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private TermsNow? _now;
    private bool _failed;
    private AccountType? _read;

    [Inject] public required ProductView View { get; init; }

    [Inject] public required ILogger<TermsNote> Logger { get; init; }

    /// <summary>The product.</summary>
    [Parameter, EditorRequired] public AccountType Product { get; set; }

    /// <summary>The currency of the amounts.</summary>
    [Parameter, EditorRequired] public Currency Currency { get; set; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _read == Product)
        {
            return;
        }

        _read = Product;
        var fault = await PageAction.RunAsync(async () => _now = await View.TermsOfAsync(Product, _gone.Token), Logger, _gone.Token);
        _failed = fault is not null;
    }
}
