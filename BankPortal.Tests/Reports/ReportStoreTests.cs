using BankPortal.Core.Common.Runs;
using BankPortal.Core.Reports.Cubes;
using BankPortal.Core.Reports.Saved;
using BankPortal.Infrastructure.Dynamo.Runs;
using BankPortal.Infrastructure.Reports;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Reports;

/// <summary>The stores of reports and runs on real engines.</summary>
[EngineTest]
public sealed class ReportStoreTests
{
    private static readonly DateOnly Day = new(2026, 3, 31);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task Cells_AreReadAsTheyWereSaved_InOrderAndInPieces(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind);
        var store = new DynamoCubeStore(fixture.Database, maxContent: 64);
        var days = Enumerable.Range(0, 5).Select(i => Row(Day.AddDays(-i), 30 + i)).ToList();
        await store.SaveAsync([.. days, Row(new DateOnly(2026, 3, 1), 99) with { IsMonth = true }], Ct);

        var read = await store.ReadAsync("flow", "USD", months: false, Day.AddDays(-3), Day, Ct);

        Assert.Equal(days.Take(4).Reverse().Select(day => day.From), read.Select(row => row.From));
        Assert.All(read.Zip(days.Take(4).Reverse()), pair => Assert.Equal(pair.Second.Cells.Write(), pair.First.Cells.Write()));
        Assert.Equal(99, Assert.Single(await store.ReadAsync("flow", "USD", true, Day.AddDays(-60), Day, Ct)).Cells.All.Count);
        Assert.Empty(await store.ReadAsync("flow", "EUR", false, Day.AddDays(-60), Day, Ct));
    }

    [Theory, EveryEngine]
    public async Task CountTo_OnlyTheDayAfterTheLast_IsNoted(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind);
        var store = new DynamoCubeStore(fixture.Database);

        Assert.Null(await store.FindCountedToAsync(Ct));
        Assert.True(await store.TryCountToAsync(Day, null, Ct));
        Assert.False(await store.TryCountToAsync(Day, null, Ct));
        Assert.True(await store.TryCountToAsync(Day.AddDays(1), Day, Ct));
        Assert.False(await store.TryCountToAsync(Day.AddDays(1), Day, Ct));
        Assert.Equal(Day.AddDays(1), await store.FindCountedToAsync(Ct));
    }

    [Theory, EveryEngine]
    public async Task Standings_OfAnOwner_AreReadOneAfterAnother_AndNeverGoBack(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind);
        var store = new DynamoCubeStore(fixture.Database);
        var standings = Enumerable.Range(0, 60).Select(i => new AccountStanding
        {
            OwnerId = $"owner-{i % 20:00}",
            AccountId = $"account-{i:00}",
            Type = i % 3 == 0 ? AccountType.Savings : AccountType.Checking,
            Opened = Day.AddDays(-i),
            Currency = Currency.Usd,
        }.With(Day, new AccountStanding.Moved(i * 100, Day, null, Day))).ToList();
        await store.SaveStandingsAsync(standings, Ct);

        // A node that has lost its lease writes an older day.
        await store.SaveStandingsAsync([standings[5] with { CountedTo = Day.AddDays(-1), Now = default }], Ct);

        var read = new List<AccountStanding>();
        await foreach (var standing in store.ReadStandingsAsync(Ct))
        {
            read.Add(standing);
        }

        Assert.Equal(standings.OrderBy(one => one.AccountId), read.OrderBy(one => one.AccountId));
        Assert.Equal(20, read.Select(one => one.OwnerId).Aggregate(new List<string>(), (list, owner) =>
        {
            if (list.LastOrDefault() != owner)
            {
                list.Add(owner);
            }

            return list;
        }).Count);
        Assert.Equal(standings[7], Assert.Single(await store.FindStandingsAsync([("owner-07", "account-07"), ("owner-07", "none")], Ct)));
    }

    [Theory, EveryEngine]
    public async Task Runs_OfAnyLength_AreReadAsTheyWereWritten_OncePerVersion(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind);
        var store = new DynamoRunStore(fixture.Database, new FieldProtector(new EphemeralDataProtectionProvider()), maxContent: 2_000);
        var run = Run("mia", 1);
        Assert.True(await store.TryAddAsync(run, Ct));
        Assert.False(await store.TryAddAsync(run, Ct));
        Assert.Equal([run.Id], await store.ListOpenAsync(10, Ct));

        var random = new Random(5);
        foreach (var length in new[] { 10, 20_000, 9_000, 0, 30_000 })
        {
            var content = new byte[length];
            random.NextBytes(content);
            run = run with { Version = run.Version + 1, Content = content, Cursor = "at " + length, Progress = length, State = RunState.Running };
            Assert.True(await store.TryWriteAsync(run, Ct));
            Assert.False(await store.TryWriteAsync(run with { Cursor = "another node" }, Ct));
            var read = (await store.FindAsync(run.Id, Ct))!;
            Assert.Equal(content, read.Content.ToArray());
            Assert.Equal(run with { Content = default }, read with { Content = default });
        }

        run = run with { Version = run.Version + 1, State = RunState.Done, EndedAt = run.CreatedAt.AddMinutes(1) };
        Assert.True(await store.TryWriteAsync(run, Ct));
        Assert.Empty(await store.ListOpenAsync(10, Ct));
        await store.TryAddAsync(Run("mia", 2), Ct);
        await store.TryAddAsync(Run("max", 3), Ct);
        Assert.Equal([Run("mia", 2).Id, run.Id], (await store.ListAsync("mia", 10, Ct)).Select(one => one.Id));
        Assert.Null(await store.FindAsync("nothing", Ct));
    }

    [Theory, EveryEngine]
    public async Task SavedReports_AreReadAsTheyWereWritten_AndDeletedOnesAreNotListed(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind);
        var store = new DynamoSavedReportStore(fixture.Database, new FieldProtector(new EphemeralDataProtectionProvider()));
        var at = new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);
        var report = new SavedReport
        {
            Id = DerivedId.From("a"),
            OwnerId = "mia",
            Title = "Growth – “all”",
            Definition = "subject=deposits",
            Roles = [BankRoles.Manager],
            People = ["cora", "max"],
            Schedule = ReportSchedule.Weekly,
            CreatedAt = at,
            ChangedAt = at,
            Version = 1,
        };
        Assert.True(await store.TryWriteAsync(report, Ct));
        Assert.False(await store.TryWriteAsync(report, Ct));

        var read = (await store.FindAsync(report.Id, Ct))!;

        Assert.Equal(report with { Roles = [], People = [] }, read with { Roles = [], People = [] });
        Assert.Equal(report.Roles, read.Roles);
        Assert.Equal(report.People, read.People);
        Assert.Single(await store.ListAsync(Ct));
        Assert.True(await store.TryWriteAsync(report with { Version = 2, DeletedAt = at }, Ct));
        Assert.False(await store.TryWriteAsync(report with { Version = 2 }, Ct));
        Assert.Empty(await store.ListAsync(Ct));
        Assert.Equal(at, (await store.FindAsync(report.Id, Ct))!.DeletedAt);
    }

    private static CubeRow Row(DateOnly day, int cells)
    {
        var content = new CubeCells();
        for (var i = 0; i < cells; i++)
        {
            content.At($"key|{i}").Add(100 + i, distribution: i % 2 == 0, person: i % 3 == 0 ? "somebody" : null);
        }

        return new CubeRow("flow", "USD", false, day, content);
    }

    private static BackgroundRun Run(string owner, int number) => new()
    {
        Id = DerivedId.From("run", number.ToString(CultureInfo.InvariantCulture)),
        Kind = "report",
        OwnerId = owner,
        Title = "Report",
        Definition = "subject=deposits",
        CreatedAt = new DateTimeOffset(2026, 3, 31, 12, number, 0, TimeSpan.Zero),
        Version = 1,
    };
}
