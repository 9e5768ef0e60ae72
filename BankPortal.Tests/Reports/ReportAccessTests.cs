using BankPortal.Core.Reports;
using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Tests.Reports;

/// <summary>What a role sees of reports: subjects, headlines and the rows behind figures.</summary>
[UnitTest]
public sealed class ReportAccessTests
{
    private readonly ReportWorld _world = new(new DateTimeOffset(2026, 5, 4, 15, 0, 0, TimeSpan.Zero), "UTC");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> OtherRoles => [BankRoles.Customer, BankRoles.Analyst, BankRoles.Admin];

    [Theory, MemberData(nameof(OtherRoles))]
    public async Task Reports_OtherRoles_AreRefused(string role)
    {
        var actor = new Actor("eve", [role]);
        var definition = new ReportDefinition();

        Assert.IsType<NotAllowedError>((await _world.Reports.ReadAsync(actor, definition, Ct)).Error);
        Assert.IsType<NotAllowedError>((await _world.DrillDown.ReadAsync(actor, definition, null, Ct)).Error);
        Assert.IsType<NotAllowedError>((await new ReportHeadlines(_world.Reports).ReadAsync(actor, "liquidity", Ct)).Error);
        Assert.IsType<NotAllowedError>((await _world.ReportRuns.StartAsync(actor, definition, "key", "Report", Ct)).Error);
        Assert.IsType<NotAllowedError>((await _world.ReportRuns.ListAsync(actor, Ct)).Error);
        Assert.IsType<NotAllowedError>((await _world.Saved.ListAsync(actor, Ct)).Error);
    }

    [Fact]
    public async Task SignIns_ForManagers_AreRefusedNextToTheSubject()
    {
        var definition = new ReportDefinition { Subject = ReportSubject.SignIns };

        var refused = await _world.Reports.ReadAsync(ReportWorld.Manager, definition, Ct);

        Assert.Equal("subject", Assert.IsType<InvalidInputError>(refused.Error).FieldName);
        Assert.True((await _world.Reports.ReadAsync(ReportWorld.Compliance, definition, Ct)).IsSuccess);
        Assert.DoesNotContain(ReportSubject.SignIns, ReportRules.SubjectsFor(ReportWorld.Manager));
    }

    [Fact]
    public async Task Rows_ForManagers_HaveNoNamesAndMaskedNumbers()
    {
        var account = await _world.OpenAsync("ann");
        await _world.Bank.PostAsync(account, 25);

        var page = (await _world.DrillDown.ReadAsync(ReportWorld.Manager, Today(), null, Ct)).Value;

        var row = Assert.Single(page.Rows);
        Assert.Null(row.Name);
        Assert.Null(row.OwnerId);
        Assert.Equal(account.Number.Masked, row.Account);
        Assert.Empty(_world.Bank.Audit.Records);
    }

    [Fact]
    public async Task Rows_ForCompliance_HaveNamesAndAreRecorded()
    {
        var account = await _world.OpenAsync("ann");
        await _world.Bank.PostAsync(account, 25);

        var page = (await _world.DrillDown.ReadAsync(ReportWorld.Compliance, Today(), null, Ct)).Value;

        var row = Assert.Single(page.Rows);
        Assert.Equal("ann", row.Name);
        Assert.Equal(account.Number.Grouped, row.Account);
        Assert.Equal(ReportDrillDown.AuditAction, Assert.Single(_world.Bank.Audit.Records).Action);
    }

    [Fact]
    public async Task Rows_PageByPage_AreThoseBehindTheFigure()
    {
        _world.Days.First = _world.Reports.Today;
        await _world.OpenAsync("ann");
        await _world.OpenAsync("bob");
        await _world.TrafficAsync(seed: 3, days: 6, perDay: 40);
        await _world.CountAsync();
        var definition = new ReportDefinition
        {
            Measures = [ReportMeasure.Count],
            By = [ReportDimension.Kind],
            Pivot = ReportDimension.Day,
            Period = new ReportPeriod("last-7-days"),
        };
        var result = await _world.ReadAsync(definition);

        foreach (var line in result.Lines)
        {
            for (var i = 0; i < result.Columns.Length; i++)
            {
                var narrowed = ReportNarrowing.To(definition, result.From, result.To, line.Keys.Add(result.Columns[i]));
                Assert.Equal(line.Cells[i]?.Values[0] ?? 0, (await AllAsync(narrowed)).Count);
            }
        }

        var all = await AllAsync(definition);
        Assert.Equal(result.Total!.Values[0], all.Count);
        Assert.True(all.Count > 2 * ReportDrillDown.PageSize);
        Assert.Equal(all.Count, all.Select(row => (row.TransferId, row.IsIn)).Distinct().Count());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("ffffffffffffffffffff.1")]
    [InlineData("-1.-1")]
    public async Task Rows_AfterNonsense_AreRefused(string after) =>
        Assert.IsType<InvalidInputError>((await _world.DrillDown.ReadAsync(ReportWorld.Manager, Today(), after, Ct)).Error);

    [Fact]
    public async Task Rows_OfDeposits_AreRefused() =>
        Assert.IsType<NotAllowedError>(
            (await _world.DrillDown.ReadAsync(ReportWorld.Manager, Today() with { Subject = ReportSubject.Deposits }, null, Ct)).Error);

    [Fact]
    public async Task Headlines_OfEveryShippedReport_CanBeRead()
    {
        _world.Days.First = _world.Reports.Today;
        await _world.OpenAsync("ann");
        await _world.TrafficAsync(seed: 5, days: 3, perDay: 20);
        await _world.CountAsync();
        var headlines = new ReportHeadlines(_world.Reports);

        foreach (var report in ShippedReports.All)
        {
            var headline = (await headlines.ReadAsync(ReportWorld.Manager, report.Name, Ct)).Value;
            Assert.Equal(12, headline.Trend.Length);
            Assert.Equal(report.Title, headline.Title);
        }

        Assert.True((await headlines.ReadAsync(ReportWorld.Manager, "deposit-growth", Ct)).Value.Value > 0);
        Assert.IsType<NotFoundError>((await headlines.ReadAsync(ReportWorld.Manager, "unicorns", Ct)).Error);
    }

    private static ReportDefinition Today() => new() { Period = new ReportPeriod("today") };

    private async Task<List<ReportRowLine>> AllAsync(ReportDefinition definition)
    {
        var all = new List<ReportRowLine>();
        string? after = null;
        do
        {
            var page = (await _world.DrillDown.ReadAsync(ReportWorld.Manager, definition, after, Ct)).Value;
            all.AddRange(page.Rows);
            after = page.Next;
        }
        while (after is not null);

        return all;
    }
}
