using System.Text;
using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Import;
using BankPortal.Core.Lending.Performance;
using BankPortal.Core.Lending.Schedules;
using BankPortal.Infrastructure.Ledger.Import;
using BankPortal.Infrastructure.Lending.Import;
using static BankPortal.Tests.Lending.LoanSamples;

namespace BankPortal.Tests.Lending;

[UnitTest]
public sealed class LoanImportTests
{
    private const string Header = "loan_id,account_id,customer_id,granted_on,amount,months,instalment,status,paid_so_far,currency\n";

    private readonly LendingBank _bank = new();
    private readonly InMemoryLoanBookDays _days = new();

    private LoanImportService Service =>
        new(_bank.Loans, _bank.Bank.Store, new LoanBookCloser(_bank.Loans, _days, _bank.Clock), _bank.Clock);

    [Fact]
    public async Task Run_LoansOfAllStates_AreAddedOnceWithTheirHistory()
    {
        var account = await OpenAsync("c1", "a1");
        var terms = Terms(10_000, 12, 12);
        var schedule = LoanSchedule.Of(terms, Day("2025-09-15")).Value;
        var four = schedule.Take(4).Sum(one => one.Total.Amount);
        var rows = Read(
            Header
            + Line("ok", "2025-09-15", "active", four)
            + Line("late", "2025-09-15", "late", 1_000)
            + Line("done", "2024-09-15", "paid-off", schedule.Sum(one => one.Total.Amount))
            + Line("early", "2025-09-15", "paid-off", 10_400)
            + Line("gone", "2024-09-15", "written-off", 888.49m));

        var dry = await Service.RunAsync("old", rows, isDryRun: true);
        Assert.Equal((5, 0), (dry.Added, dry.Already));
        Assert.Empty(dry.Problems);
        Assert.Empty(await _bank.Loans.ListByOwnerAsync(account.OwnerId));
        var first = await Service.RunAsync("old", rows, isDryRun: false);
        Assert.Equal((5, 0), (first.Added, first.Already));
        var again = await Service.RunAsync("old", rows, isDryRun: false);
        Assert.Equal((0, 5), (again.Added, again.Already));

        var loans = (await _bank.Loans.ListByOwnerAsync(account.OwnerId))
            .ToDictionary(loan => loan.ProductName, StringComparer.Ordinal);
        Assert.Equal(
            [("Loan done", LoanStatus.PaidOff), ("Loan early", LoanStatus.PaidOff), ("Loan gone", LoanStatus.WrittenOff), ("Loan late", LoanStatus.Active), ("Loan ok", LoanStatus.Active)],
            loans.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Value.Status)));
        Assert.Equal(12m, loans["Loan ok"].Terms.Rate);
        var ok = (await _bank.Loans.ReadAsync(loans["Loan ok"].Id))!.AsOf(_bank.Clock.Today);
        Assert.Equal(
            (Usd(10_000 - schedule.Take(4).Sum(one => one.Principal.Amount)), 0, 8),
            (ok.Outstanding, ok.DaysPastDue, ok.Remaining));
        var late = (await _bank.Loans.ReadAsync(loans["Loan late"].Id))!.AsOf(_bank.Clock.Today);
        Assert.Equal(Day("2025-11-15"), late.UnpaidSince);
        Assert.Equal(DelinquencyBucket.Days60To89, late.Bucket);
        Assert.Equal(Day("2024-09-15"), (await _days.ReadHeadAsync()).AgainFrom);
        Assert.Equal(0, (await _bank.Bank.FindAsync(account)).Balance.MinorUnits);
    }

    [Theory]
    [InlineData("2025-09-15", 10_000, 12, 500, "active", 0, "does not add up")]
    [InlineData("2025-09-15", 10_000, 12, 9_000, "active", 0, "more than 100 %")]
    [InlineData("2025-09-15", 10_000, 12, 888.49, "active", 9_000, "more was paid than was due by today")]
    [InlineData("2025-09-15", 10_000, 12, 888.49, "active", 0, "status is active")]
    [InlineData("2025-09-15", 10_000, 12, 888.49, "late", 3_553.96, "nothing is overdue")]
    [InlineData("2025-09-15", 10_000, 12, 888.49, "paid-off", 900, "is not paid")]
    [InlineData("2025-09-15", 10_000, 0, 888.49, "active", 0, "months is not from 1")]
    public async Task Run_FiguresThatContradictEachOther_AreLeftOutWithTheReason(
        string granted, double amount, int months, double instalment, string status, double paid, string reason)
    {
        await OpenAsync("c1", "a1");
        var line = string.Create(CultureInfo.InvariantCulture, $"x,a1,c1,{granted},{amount},{months},{instalment},{status},{paid},USD\n");
        var outcome = await Service.RunAsync("old", Read(Header + line), isDryRun: false);
        Assert.Contains(reason, Assert.Single(outcome.Problems).Reason, StringComparison.Ordinal);
        Assert.Equal(0, outcome.Added);
    }

    [Fact]
    public async Task Run_RepeatedIdOtherCurrencyAndUnknownAccount_AreLeftOut()
    {
        await OpenAsync("c1", "a1");
        var paid = LoanSchedule.Of(Terms(10_000, 12, 12), Day("2025-09-15")).Value.Take(4).Sum(one => one.Total.Amount);
        var rows = Read(
            Header + Line("ok", "2025-09-15", "active", paid) + Line("ok", "2025-09-15", "active", paid)
            + Line("eur", "2025-09-15", "active", paid).Replace("USD", "EUR", StringComparison.Ordinal)
            + Line("who", "2025-09-15", "active", paid).Replace(",a1,", ",a2,", StringComparison.Ordinal));
        var outcome = await Service.RunAsync("old", rows, isDryRun: false);
        Assert.Equal(1, outcome.Added);
        Assert.Equal([3, 4, 5], outcome.Problems.Select(problem => problem.Line));
        Assert.Contains("is there already, on line 2", outcome.Problems[0].Reason, StringComparison.Ordinal);
        Assert.Contains("the loan is in EUR, and account a1 is in USD", outcome.Problems[1].Reason, StringComparison.Ordinal);
        Assert.Contains("account a2 of customer c1 was not imported", outcome.Problems[2].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LinesThatCannotBeRead_AreReportedAndColumnsNamed()
    {
        var bytes = Encoding.UTF8.GetBytes(
            Header + "a,a1,c1,2025-13-01,10000,12,888.49,active,0,USD\nb,a1,c1,2025-09-15,-5,12,888.49,active,0,USD\n"
            + "c,a1,c1,2025-09-15,10000,12,888.49,sleeping,0,USD\nd,a1,c1,2025-09-15,10000,twelve,888.49,active,0,USD\n");
        var (rows, unreadable) = LoanFileReader.Read(bytes, ImportMapping.Documented, Currency.Usd, _bank.Bank.Rules, LendingBank.Start);
        Assert.Empty(rows);
        Assert.Equal([2, 3, 4, 5], unreadable.Select(problem => problem.Line));
        Assert.Contains("status is 'sleeping'", unreadable[2].Reason, StringComparison.Ordinal);
        var missing = Assert.Throws<FormatException>(() => LoanFileReader.Read(
            Encoding.UTF8.GetBytes("loan_id,amount\n1,2\n"), ImportMapping.Documented, Currency.Usd, _bank.Bank.Rules, LendingBank.Start));
        Assert.Contains("account_id, customer_id, granted_on", missing.Message, StringComparison.Ordinal);
    }

    private static string Line(string id, string granted, string status, decimal paid) => string.Create(
        CultureInfo.InvariantCulture, $"{id},a1,c1,{granted},10000,12,888.49,{status},{paid},USD\n");

    private ImmutableArray<LoanImportRow> Read(string csv)
    {
        var (rows, unreadable) = LoanFileReader.Read(
            Encoding.UTF8.GetBytes(csv), ImportMapping.Documented, Currency.Usd, _bank.Bank.Rules, LendingBank.Start);
        Assert.Empty(unreadable);
        return rows;
    }

    private async Task<Account> OpenAsync(string customer, string account) => (await _bank.Bank.Accounts.OpenForAsync(
        Actor.System,
        Core.Identity.ICustomerRegistry.IdOf("old", customer),
        new OpenAccount($"import:old:{account}", AccountType.Checking))).Value;
}
