using BankPortal.Core.Products.Terms;
using BankPortal.Web.Components.Products;
using BankPortal.Web.Components.Transactions;
using MudBlazor;

namespace BankPortal.Web.Features.Products.Terms;

/// <summary>A manager proposes rates and fees for a product. The form begins with the terms in force.</summary>
public sealed partial class ProposeTermsPage
{
    private static readonly DayCount[] DayCounts = Enum.GetValues<DayCount>();

    private TermsDraft _draft = new();
    private TermsVersion? _now;
    private bool _mayPropose;
    private DateOnly _today;
    private Error? _problem;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required TermsService Terms { get; init; }

    [Inject] public required AccountOptions Options { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    /// <summary>The product; savings accounts for any other text.</summary>
    [SupplyParameterFromQuery(Name = "product")] public string? Product { get; set; }

    protected override object LoadKey => ProductOf(Product);

    // The name is a keyword of C#, which a markup attribute cannot hold.
    private static InputMode Decimal => InputMode.@decimal;

    private Currency Currency => Currency.Of(Options.Currency);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var product = ProductOf(Product);
        var actor = await Actors.GetAsync(ct);
        _mayPropose = TermsService.MayPropose(actor);
        _today = Terms.Today;
        _problem = null;
        _draft = new TermsDraft { Product = product };
        if (_mayPropose && (await Terms.ReadAsync(product, ct)).On(_today) is { } now)
        {
            _now = now;
            _draft = TermsDraft.Of(now, _today.AddDays(1 - _today.Day).AddMonths(1));
        }
    }

    private static AccountType ProductOf(string? text) =>
        Enum.TryParse<AccountType>(text, ignoreCase: true, out var product) && Enum.IsDefined(product) ? product : AccountType.Savings;

    private void SetFrom(DateOnly? from)
    {
        _draft.From = from;
        _draft.IsCorrection = false;
    }

    private void SetCorrection(ChangeEventArgs e) => _draft.IsCorrection = e.Value is true;

    private async Task ProposeAsync()
    {
        _problem = null;
        if (_draft.Read(Currency) is not { } proposal)
        {
            return;
        }

        var error = await RunOnceAsync(
            async () => await Terms.ProposeAsync(await Actors.GetAsync(CancellationToken.None), proposal, CancellationToken.None),
            proposed =>
            {
                Toasts.Done("Proposed", $"{AccountText.Name(proposed.Product)}, from {ProductText.Day(proposed.From)}");
                Navigation.NavigateTo(BankRoutes.Products);
            });
        _problem = _draft.Take(error);
    }
}
