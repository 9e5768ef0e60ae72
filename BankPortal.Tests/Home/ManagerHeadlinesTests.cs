using BankPortal.Core.Lending;
using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Performance;
using BankPortal.Core.Reports;
using BankPortal.Web.Features.Home;

namespace BankPortal.Tests.Home;

/// <summary>The figures of reports and loans on a manager's start page.</summary>
[UnitTest]
public sealed class ManagerHeadlinesTests
{
    private static readonly Actor Manager = StaffActors.Fresh("meg", BankRoles.Manager);
    private static readonly DateOnly Today = new(2026, 11, 27);

    private readonly Reports _reports = new();
    private readonly InMemoryLoanBookDays _days = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_Customers_SaysNewAndActiveAndCompares()
    {
        _reports.Headline = new ReportHeadline(
            "customer-acquisition", "Customers", "New customers", HeadlineUnit.Number, Currency.Usd, 4, 2,
            [new(new(2026, 10, 1), 2), new(new(2026, 11, 1), 4)], true, null);

        var found = await Headlines().ReadAsync(Manager, "customer-acquisition", Ct);

        Assert.Equal("4 new, 38 active", found!.Value);
        Assert.Equal("New within 30 days; 2 in the 30 days before.", found.Comparison);
        Assert.Equal([2m, 4m], found.Trend);
    }

    [Fact]
    public async Task Read_NoDataOrNoRight_IsNoFigure()
    {
        Assert.Null(await Headlines().ReadAsync(Manager, "customer-acquisition", Ct));
        Assert.Null(await Headlines().ReadAsync(Manager, "loan-performance", Ct));
        await AddAsync(Book(Today, 1_000_00, 0));
        Assert.Null(await Headlines().ReadAsync(Actor.Customer("ann"), "loan-performance", Ct));
        Assert.Null(await Headlines().ReadAsync(Manager, "something-else", Ct));
    }

    [Fact]
    public async Task Read_Loans_SaysOutstandingAndParAndTheMonthBefore()
    {
        await AddAsync(Book(Today.AddMonths(-2), 500_00, 0));
        await AddAsync(Book(Today.AddMonths(-1), 800_00, 0));
        await AddAsync(Book(Today, 900_00, 100_00));

        var found = await Headlines().ReadAsync(Manager, "loan-performance", Ct);

        Assert.Equal("$1,000.00", found!.Value);
        Assert.StartsWith("PAR30: 10 % is overdue by 30 days or more. A month before: $800.00, PAR30 0 %.", found.Comparison, StringComparison.Ordinal);
    }

    private static LoanBookDay Book(DateOnly day, long current, long late) => new(
        day,
        [
            new LoanBookCell("personal", DelinquencyBucket.Current, "2026-09", LoanStatus.Active, "USD") { Count = 1, Granted = current, Outstanding = current },
            new LoanBookCell("personal", DelinquencyBucket.Days90AndMore, "2026-08", LoanStatus.Active, "USD") { Count = 1, Granted = late, Outstanding = late },
        ],
        []);

    private async Task AddAsync(LoanBookDay day)
    {
        await _days.SaveAsync([day], Ct);
        var head = await _days.ReadHeadAsync(Ct);
        await _days.TryWriteHeadAsync(head with { Through = day.Day, Version = head.Version + 1 }, Ct);
    }

    private ManagerHeadlines Headlines() => new(
        _reports, (_, _) => Task.FromResult<decimal?>(38), new LoanPerformance(_days, new LendingOptions()), () => Currency.Usd);

    private sealed class Reports : IReportHeadlines
    {
        public ReportHeadline? Headline { get; set; }

        public Task<Result<ReportHeadline>> ReadAsync(Actor actor, string name, CancellationToken ct = default) =>
            Task.FromResult<Result<ReportHeadline>>(Headline is { } headline ? headline : new NotFoundError("report"));
    }
}
