using BankPortal.Core.Audit.Chain;
using BankPortal.Infrastructure.Audit;
using BankPortal.Infrastructure.Audit.Chain;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Audit;

[EngineTest]
public sealed class AuditLogServiceTests
{
    private static readonly Actor Officer = new("cora", [BankRoles.Compliance]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BankRoles.Customer, false)]
    [InlineData(BankRoles.Analyst, false)]
    [InlineData(BankRoles.Manager, false)]
    [InlineData(BankRoles.Compliance, true)]
    [InlineData(BankRoles.Admin, true)]
    public async Task Everything_ForARole_IsGivenToComplianceAndAdministratorsAlone(string role, bool isAllowed)
    {
        await using var world = await World.CreateAsync();
        var actor = new Actor("somebody", [role]);

        Assert.Equal(isAllowed, (await world.Log.ListAsync(actor, new AuditQuery(world.Today), Ct)).IsSuccess);
        Assert.Equal(isAllowed, (await world.Log.ListEventsAsync(actor, world.Today, null, Ct)).IsSuccess);
        Assert.Equal(isAllowed, (await world.Log.NamesAsync(actor, Ct)).IsSuccess);
        Assert.Equal(isAllowed, (await world.Log.StandingAsync(actor, Ct)).IsSuccess);
        Assert.Equal(isAllowed, (await world.Log.VerifyAsync(actor, null, ct: Ct)).IsSuccess);
        Assert.Equal(isAllowed, (await world.Log.ExportAsync(actor, null, Ct)).IsSuccess);
        var recorded = await world.Trail.ListAsync(AuditSubject.Log, 10, Ct);
        Assert.Equal(isAllowed ? ["audit.export", "audit.verify"] : [], recorded.Select(record => record.Action).Order());
    }

    [Fact]
    public async Task List_Filtered_PagesWithoutGapOrRepeat()
    {
        await using var world = await World.CreateAsync();
        for (var i = 0; i < 240; i++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
            await world.Trail.RecordAsync(
                new Actor(i % 2 == 0 ? "ann" : "ben", [BankRoles.Analyst]),
                i % 3 == 0 ? "account.freeze" : "list.add",
                AuditSubject.Account($"A{i % 4}"),
                i.ToString(CultureInfo.InvariantCulture),
                ct: Ct);
        }

        Assert.Equal(Enumerable.Range(0, 240).Reverse(), await ReadAsync(new AuditQuery(world.Today)));
        Assert.Equal(Of(i => i % 2 == 0), await ReadAsync(new AuditQuery(world.Today, ActorId: "ann")));
        Assert.Equal(Of(i => i % 2 == 0 && i % 3 == 0), await ReadAsync(new AuditQuery(world.Today, "ann", "Account.")));
        Assert.Equal(Of(i => i % 4 == 3), await ReadAsync(new AuditQuery(world.Today, Subject: "a3")));
        Assert.Empty(await ReadAsync(new AuditQuery(world.Today, Outcome: AuditOutcome.Refused)));
        Assert.Empty(await ReadAsync(new AuditQuery(world.Today.AddDays(-1))));
        Assert.IsType<NotFoundError>((await world.Log.ListAsync(Officer, new AuditQuery(world.Today, After: "nonsense"), Ct)).Error);

        static IEnumerable<int> Of(Func<int, bool> which) => Enumerable.Range(0, 240).Where(which).Reverse();

        async Task<List<int>> ReadAsync(AuditQuery query)
        {
            var seen = new List<int>();
            for (string? next = null; ;)
            {
                var page = (await world.Log.ListAsync(Officer, query with { After = next }, Ct)).Value;
                seen.AddRange(page.Records.Select(record => int.Parse(record.Reason!, CultureInfo.InvariantCulture)));
                if ((next = page.Next) is null)
                {
                    return seen;
                }
            }
        }
    }

    private sealed class World : IAsyncDisposable
    {
        private readonly DynamoFixture _fixture;

        private World(DynamoFixture fixture)
        {
            _fixture = fixture;
            var protector = new FieldProtector(new EphemeralDataProtectionProvider());
            var writer = new AuditChainWriter(fixture.Database, Time, 0);
            var store = new DynamoAuditStore(fixture.Database, new AuditItems(protector), writer);
            Trail = new AuditTrail(store, Time, NullLogger<AuditTrail>.Instance);
            var chain = new DynamoAuditChainStore(fixture.Database);
            var signer = new AuditSigner(fixture.Database, protector);
            var events = new DynamoSecurityEventStore(fixture.Database, protector, writer);
            Log = new AuditLogService(
                store,
                events,
                chain,
                signer,
                new AuditVerifier(chain, signer, Time),
                new AuditExport(chain, signer, new AuditTexts(protector), Time),
                Trail,
                new NoStaff());
        }

        public ManualTime Time { get; } = new();

        public AuditTrail Trail { get; }

        public AuditLogService Log { get; }

        public DateOnly Today => DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);

        public static async Task<World> CreateAsync() => new(await DynamoFixture.CreateAsync(EngineKind.Dynoxide, AuditTables.All));

        public ValueTask DisposeAsync() => _fixture.DisposeAsync();
    }

    private sealed class NoStaff : IStaffDirectory
    {
        public Task<IReadOnlyList<StaffMember>> ListAsync(IReadOnlyCollection<string> roles, CancellationToken ct = default) =>
            Task.FromResult<IReadOnlyList<StaffMember>>([]);
    }
}
