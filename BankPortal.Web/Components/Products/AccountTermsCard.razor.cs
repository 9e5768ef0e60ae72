using BankPortal.Core.Products.Bookings;

namespace BankPortal.Web.Components.Products;

/// <summary>Shows what one account of the customer earns and costs: rates, interest accrued and paid, fees, and dates.</summary>
public sealed partial class AccountTermsCard
{
    private AccountTerms? _terms;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required ProductView View { get; init; }

    /// <summary>The account; the service checks that it is the customer's.</summary>
    [Parameter, EditorRequired] public string AccountId { get; set; } = "";

    /// <summary>Another value has it read again, such as the number of the account's last entry.</summary>
    [Parameter] public long Edition { get; set; }

    protected override object LoadKey => (AccountId, Edition);

    protected override bool KeepsContent => true;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var read = await View.OfAsync(await Actors.GetAsync(ct), AccountId, ct);
        _terms = read.IsSuccess ? read.Value : null;
    }
}
