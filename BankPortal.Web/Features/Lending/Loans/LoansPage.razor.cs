using BankPortal.Core.Lending.Applications;
using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Offers;

namespace BankPortal.Web.Features.Lending.Loans;

/// <summary>A customer's loans, and what they can apply for.</summary>
public sealed partial class LoansPage
{
    private ImmutableArray<Loan> _loans = [];
    private ImmutableArray<LoanProduct> _offers = [];
    private Currency _currency;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required LoanService Loans { get; init; }

    [Inject] public required AccountOptions Options { get; init; }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var offers = Loans.OffersAsync(ct);
        _loans = await Loans.ListAsync(actor, ct);
        _offers = await offers;
        _currency = Currency.Of(Options.Currency);
    }
}
