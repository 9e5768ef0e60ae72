using BankPortal.Core.Lending;
using BankPortal.Core.Lending.Applications;
using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Import;
using BankPortal.Core.Lending.Offers;
using BankPortal.Core.Lending.Performance;

namespace BankPortal.Web.Features.Demo;

/// <summary>
/// Gives demo customers loans by the same services as everything else: loans of another bank that were taken over (current, late, repaid,
/// written off), and an application that waits for a decision. What is there is not made twice.
/// </summary>
internal sealed class DemoLoans(
    ILoanStore store,
    AccountService accounts,
    LoanImportService imports,
    LoanBookCloser closer,
    LoanProductService products,
    AffordabilityService affordability,
    LoanRunner runner,
    LendingClock clock)
{
    private const string Source = "demo";

    // Product, months ago, amount, months, how many instalments were paid (-1 for all that were due), written off.
    private static readonly (string Product, int Ago, decimal Amount, int Months, int Paid, bool IsWrittenOff)[] Plans =
    [
        ("car", 14, 18_000, 48, -1, false),
        ("personal", 8, 6_500, 24, 6, false),
        ("personal", 20, 3_000, 18, -1, false),
        ("home", 11, 25_000, 60, -1, false),
        ("personal", 16, 4_000, 24, 5, true),
        ("car", 5, 9_500, 36, 3, false),
        ("personal", 3, 2_500, 12, -1, false),
    ];

    /// <summary>Makes the loans of the customers whose accounts are given.</summary>
    public async Task RunAsync(IReadOnlyList<Account> checking, CancellationToken ct)
    {
        if (checking.Count == 0)
        {
            return;
        }

        // Nothing is in it, so that loans that are late stay late.
        var empty = await accounts.OpenForAsync(
            Actor.System, checking[^1].OwnerId, new OpenAccount("demo-loans", AccountType.Checking, "Spare"), ct: ct);

        var offered = (await products.OfferedAsync(ct)).ToDictionary(product => product.Code, StringComparer.Ordinal);
        for (var i = 0; i < Plans.Length; i++)
        {
            var (code, ago, amount, months, paid, isWrittenOff) = Plans[i];
            if (offered.TryGetValue(code, out var product))
            {
                var isLate = paid >= 0 && !isWrittenOff;
                var account = isLate && empty.IsSuccess ? empty.Value : checking[i % checking.Count];
                await imports.TakeOverAsync(
                    Source,
                    new LoanToTakeOver(
                        "demo-" + i.ToString(CultureInfo.InvariantCulture), account, product, clock.Today.AddMonths(-ago).AddDays(-i),
                        Money.Of(amount, account.Currency), months, paid, isWrittenOff),
                    ct);
            }
        }

        await ApplyAsync(checking[0], offered.GetValueOrDefault("personal"), ct);
        await closer.CatchUpAsync(ct);
    }

    private async Task ApplyAsync(Account account, LoanProduct? product, CancellationToken ct)
    {
        var id = DerivedId.From("loan", account.OwnerId, "demo-application");
        if (product is null || await store.FindAsync(id, ct) is not null)
        {
            return;
        }

        var terms = product.TermsOf(Money.Of(7_500, account.Currency), 36).Value;
        var schedule = Core.Lending.Schedules.LoanSchedule.Of(terms, clock.Today).Value;
        await store.TryAddAsync(
            new Loan
            {
                Id = id,
                OwnerId = account.OwnerId,
                AccountId = account.Id,
                Product = product.Code,
                ProductName = product.Name,
                Terms = terms,
                Status = LoanStatus.Applied,
                AppliedAt = clock.Now,
                Purpose = "A new kitchen",
                Affordability = await affordability.OfAsync(account.OwnerId, schedule.Max(one => one.Total), ct: ct),
                NextRunAt = clock.Now,
                Version = 1,
            },
            [],
            ct);
        await runner.RunAsync(id, ct);
    }
}
