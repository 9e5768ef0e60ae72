using Amazon.DynamoDBv2.Model;
using BankPortal.Infrastructure.Audit;
using BankPortal.Infrastructure.Audit.Chain;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Audit;

[EngineTest]
public sealed class SecurityEventStoreTests
{
    private static readonly DateTimeOffset Noon = new(2100, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = DateOnly.FromDateTime(Noon.UtcDateTime);

    [Theory, EveryEngine]
    public async Task Append_AnEvent_ComesBackAsItWas(EngineKind kind)
    {
        await using var world = await WorldAsync(kind);
        var record = Record(
            0,
            new SecurityEvent(SecurityEventKind.SignIn, SecurityEventOutcome.Failed)
            {
                UserId = "ann",
                TypedNameHash = "hash-of-a-name",
                Address = "192.0.2.7",
                Device = "Firefox on Linux",
                SessionId = "session-1",
                Detail = "/auth/login",
            },
            count: 7,
            lasts: 30);

        await world.Store.AppendAsync([record]);
        await world.Store.AppendAsync([record]);

        Assert.Equal([record], await world.Store.ListOfUserAsync("ann", 10));
        Assert.Equal([record], await world.Store.ListDayAsync(Day, 10));
        var stored = string.Join(' ', (await world.ScanAsync()).SelectMany(item => item.Values).Select(value => value.S));
        Assert.DoesNotContain("192.0.2.7", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("Firefox", stored, StringComparison.Ordinal);
    }

    [Theory, EveryEngine]
    public async Task ListDay_MoreThanAPage_ComesNewestFirstInStretches(EngineKind kind)
    {
        await using var world = await WorldAsync(kind);
        var records = Enumerable.Range(0, 60)
            .Select(i => Record(i, new SecurityEvent(SecurityEventKind.RateLimited, SecurityEventOutcome.Refused) { Detail = $"{i}" }))
            .ToList();
        await world.Store.AppendAsync(records);

        var seen = new List<SecurityRecord>();
        while (await world.Store.ListDayAsync(Day, 25, seen.LastOrDefault()) is { Count: > 0 } some)
        {
            seen.AddRange(some);
        }

        Assert.Equal(records.AsEnumerable().Reverse(), seen);
        Assert.Empty(await world.Store.ListDayAsync(Day.AddDays(1), 10));
    }

    [Theory, EveryEngine]
    public async Task CountDay_SeveralKinds_AddsUpWhatEachRowCounts(EngineKind kind)
    {
        await using var world = await WorldAsync(kind);
        var failed = new SecurityEvent(SecurityEventKind.SignIn, SecurityEventOutcome.Failed);
        await world.Store.AppendAsync(
            [
                Record(0, failed with { UserId = "ann" }, count: 3),
                Record(1, failed with { TypedNameHash = "hash" }, count: 40),
                Record(2, new SecurityEvent(SecurityEventKind.SecondFactor, SecurityEventOutcome.Failed) { UserId = "ann" }),
                Record(24 * 60 * 60, failed, count: 100),
            ]);

        Assert.Equal(
            [
                new SecurityEventCount(SecurityEventKind.SignIn, SecurityEventOutcome.Failed, 43),
                new SecurityEventCount(SecurityEventKind.SecondFactor, SecurityEventOutcome.Failed, 1),
            ],
            await world.Store.CountDayAsync(Day));
    }

    [Theory, EveryEngine]
    public async Task StaffActions_BesideSecurityEvents_AreListedAlone(EngineKind kind)
    {
        await using var world = await WorldAsync(kind);
        await world.Store.AppendAsync([Record(0, new SecurityEvent(SecurityEventKind.SignIn, SecurityEventOutcome.Succeeded) { UserId = "ann" })]);
        var staff = new DynamoAuditStore(world.Database, new AuditItems(world.Protector), world.Chain);
        var action = new AuditRecord("ID1", Noon, "ben", "sign-in.block", AuditSubject.Customer("ann"), "Because", null);
        await staff.AppendAsync(action);

        Assert.Equal(["ID1"], (await staff.ListDayAsync(Day, 10, after: null)).Select(record => record.Id));
        Assert.Equal(["ID1"], (await staff.ListAsync(AuditSubject.Customer("ann"), 10)).Select(record => record.Id));
        Assert.Single(await world.Store.ListDayAsync(Day, 10));
    }

    private static SecurityRecord Record(int second, SecurityEvent happened, int count = 1, int lasts = 0) =>
        new($"ID{second}", Noon.AddSeconds(second), happened, count, Noon.AddSeconds(second + lasts));

    private static async Task<World> WorldAsync(EngineKind kind) => new(await DynamoFixture.CreateAsync(kind, AuditTables.All));

    private sealed class World(DynamoFixture fixture) : IAsyncDisposable
    {
        public FieldProtector Protector { get; } = new(new EphemeralDataProtectionProvider());

        public AuditChainWriter Chain { get; } = new(fixture.Database, new ManualTime());

        public DynamoDatabase Database => fixture.Database;

        public DynamoSecurityEventStore Store => new(fixture.Database, Protector, Chain);

        public async Task<List<Dictionary<string, AttributeValue>>> ScanAsync() =>
            (await Database.Client.ScanAsync(new ScanRequest { TableName = Database.TableName(AuditTables.Records) })).Items ?? [];

        public ValueTask DisposeAsync() => fixture.DisposeAsync();
    }
}
