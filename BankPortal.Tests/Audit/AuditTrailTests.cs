using BankPortal.Infrastructure.Audit;
using BankPortal.Infrastructure.Audit.Chain;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Audit;

[EngineTest]
public sealed class AuditTrailTests
{
    private static readonly Actor Ann = new("ann", [BankRoles.Analyst], "session-1");
    private static readonly AuditSubject Subject = AuditSubject.Account("ACCOUNT1");

    [Theory, EveryEngine]
    public async Task Act_DoneAndRefused_AreKeptWithReasonAndOutcomeNewestFirst(EngineKind kind)
    {
        await using var world = await WorldAsync(kind);

        await world.Trail.RunAsync(Ann, "account.freeze", Subject, "Stolen card", _ => Task.FromResult<Result<int>>(1), "Active to frozen");
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.Trail.RunAsync(Ann, "account.unfreeze", Subject, "Sent in error", _ => Task.FromResult<Result<int>>(new BusyError()));
        await world.Trail.RecordAsync(Ann, "account.view", AuditSubject.Account("ACCOUNT2"), null);

        var records = await world.Trail.ListAsync(Subject, 10);
        Assert.Equal(["account.unfreeze", "account.freeze"], records.Select(record => record.Action));
        Assert.Equal([AuditOutcome.Refused, AuditOutcome.Done], records.Select(record => record.Outcome));
        Assert.Equal("Busy", records[0].Detail);
        Assert.Equal(
            ("Stolen card", "Active to frozen", "ann", "session-1"),
            (records[1].Reason, records[1].Detail, records[1].ActorId, records[1].SessionId)
        );
        Assert.Equal(records[1].At, records[1].CompletedAt);
        Assert.Single(await world.Trail.ListAsync(Subject, 1));
    }

    [Theory, EveryEngine]
    public async Task Act_StoppedInBetween_StaysOnRecordAsBegun(EngineKind kind)
    {
        await using var world = await WorldAsync(kind);

        await Assert.ThrowsAsync<TimeoutException>(() =>
            world.Trail.RunAsync<int>(Ann, "account.freeze", Subject, "Stolen card", _ => throw new TimeoutException()));

        var record = Assert.Single(await world.Trail.ListAsync(Subject, 10));
        Assert.Equal((AuditOutcome.Begun, "Stolen card", null), (record.Outcome, record.Reason, record.CompletedAt));
    }

    [Theory, EveryEngine]
    public async Task Complete_SecondOutcome_IsNotTaken(EngineKind kind)
    {
        await using var world = await WorldAsync(kind);
        var record = new AuditRecord("ID1", world.Time.GetUtcNow(), "ann", "account.freeze", Subject, "Because", null)
        {
            Outcome = AuditOutcome.Begun,
        };
        await world.Store.AppendAsync(record);
        await world.Store.CompleteAsync(record, AuditOutcome.Done, null, world.Time.GetUtcNow());

        await world.Store.CompleteAsync(record, AuditOutcome.Refused, "Later", world.Time.GetUtcNow());
        await world.Store.AppendAsync(record with { Reason = "Another story" });

        var kept = Assert.Single(await world.Store.ListAsync(Subject, 10));
        Assert.Equal((AuditOutcome.Done, "Because", null), (kept.Outcome, kept.Reason, kept.Detail));
    }

    [Theory, EveryEngine]
    public async Task ListDay_RecordsOfAllSubjects_ComeInStretchesWithoutGapOrRepeat(EngineKind kind)
    {
        await using var world = await WorldAsync(kind);
        for (var i = 0; i < 7; i++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
            var number = i;
            await world.Trail.RunAsync(Ann, $"act.{number}", AuditSubject.Customer($"C{number % 3}"), "Because", _ =>
                Task.FromResult<Result<int>>(number)
            );
        }

        var day = DateOnly.FromDateTime(world.Time.GetUtcNow().UtcDateTime);
        var seen = new List<AuditRecord>();
        while (await world.Trail.ListDayAsync(day, 3, seen.LastOrDefault()) is { Count: > 0 } some)
        {
            seen.AddRange(some);
        }

        Assert.Equal(["act.6", "act.5", "act.4", "act.3", "act.2", "act.1", "act.0"], seen.Select(record => record.Action));
        Assert.All(seen, record => Assert.Equal(AuditOutcome.Done, record.Outcome));
        Assert.Empty(await world.Trail.ListDayAsync(day.AddDays(-1), 3));
    }

    [Fact]
    public async Task Stored_ReasonAndDetail_AreEncrypted()
    {
        await using var world = await WorldAsync(EngineKind.Dynoxide);
        await world.Trail.RecordAsync(Ann, "account.freeze", Subject, "Stolen card", "Told by telephone");

        var item = world.Items.ToItem(Assert.Single(await world.Trail.ListAsync(Subject, 1)));

        Assert.All(item.Values, value => Assert.DoesNotContain("Stolen", value.S ?? "", StringComparison.Ordinal));
        Assert.All(item.Values, value => Assert.DoesNotContain("telephone", value.S ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Act_IntentionCannotBeRecorded_IsNotDone()
    {
        var store = new InMemoryAuditStore { IsDown = true };
        var done = false;

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            store
                .NewTrail()
                .RunAsync(Ann, "account.freeze", Subject, "Stolen card", _ =>
                {
                    done = true;
                    return Task.FromResult<Result<int>>(1);
                })
        );

        Assert.False(done);
    }

    [Fact]
    public async Task Act_OutcomeCannotBeRecorded_StillAnswersAndStaysBegun()
    {
        var store = new InMemoryAuditStore { LosesOutcomes = true };

        var result = await store.NewTrail().RunAsync(Ann, "account.freeze", Subject, "Stolen card", _ => Task.FromResult<Result<int>>(7));

        Assert.Equal(7, result.Value);
        Assert.Equal(AuditOutcome.Begun, Assert.Single(store.Records).Outcome);
    }

    private static async Task<World> WorldAsync(EngineKind kind) => new(await DynamoFixture.CreateAsync(kind, AuditTables.All));

    private sealed class World : IAsyncDisposable
    {
        private readonly DynamoFixture _fixture;

        public World(DynamoFixture fixture)
        {
            _fixture = fixture;
            Items = new AuditItems(new FieldProtector(new EphemeralDataProtectionProvider()));
            Store = new DynamoAuditStore(fixture.Database, Items, new AuditChainWriter(fixture.Database, Time));
            Trail = new AuditTrail(Store, Time, NullLogger<AuditTrail>.Instance);
        }

        public ManualTime Time { get; } = new();

        public AuditItems Items { get; }

        public DynamoAuditStore Store { get; }

        public AuditTrail Trail { get; }

        public ValueTask DisposeAsync() => _fixture.DisposeAsync();
    }
}
