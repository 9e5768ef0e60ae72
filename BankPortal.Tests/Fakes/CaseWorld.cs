using BankPortal.Infrastructure.Audit;
using BankPortal.Infrastructure.Audit.Chain;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Fakes;

/// <summary>Cases and alerts over a ledger on a real engine, with people of every role.</summary>
public sealed class CaseWorld : IAsyncDisposable
{
    private CaseWorld(LedgerWorld world, ManualTime time)
    {
        World = world;
        Time = time;
        var protector = new FieldProtector(new EphemeralDataProtectionProvider());
        Store = new DynamoCaseStore(world.Database, new CaseItems(protector));
        Outbox = new DynamoAlertOutbox(world.Database);
        Rules = new CaseRules(Options);
        var records = new DynamoAuditStore(world.Database, new AuditItems(protector), new AuditChainWriter(world.Database, time));
        Audit = new AuditTrail(records, time, NullLogger<AuditTrail>.Instance);
        RuleSets = new RulesInForceByVersion(world.RiskRules);
        Ledger = world.ScreenedLedger;
        Service = NewService();
        Desk = new CaseReader(Store, world.Store, world.Directory, Staff, RuleSets, world.Conflicts, time);
        Intake = NewIntake();
        foreach (
            var (id, name, role) in new[]
            {
                ("ana", "Ana Lyst", BankRoles.Analyst),
                ("otto", "Otto Other", BankRoles.Analyst),
                ("cora", "Cora Compliance", BankRoles.Compliance),
                ("adam", "Adam Admin", BankRoles.Admin),
            }
        )
        {
            Staff.Add(id, name, role);
            world.Directory.Names[id] = name;
        }
    }

    public static Actor Ana { get; } = new("ana", [BankRoles.Analyst]);

    public static Actor Otto { get; } = new("otto", [BankRoles.Analyst]);

    public static Actor Cora { get; } = new("cora", [BankRoles.Compliance]);

    public static Actor Adam { get; } = new("adam", [BankRoles.Admin]);

    public LedgerWorld World { get; }

    public ManualTime Time { get; }

    public CaseOptions Options { get; } = new();

    public CaseRules Rules { get; }

    public DynamoCaseStore Store { get; }

    public DynamoAlertOutbox Outbox { get; }

    public FakeStaffDirectory Staff { get; } = new();

    public IAuditTrail Audit { get; }

    public IDecidingRules RuleSets { get; }

    public CaseFeed Feed { get; } = new(NullLogger<CaseFeed>.Instance);

    /// <summary>A ledger that assesses.</summary>
    public LedgerService Ledger { get; }

    public CaseService Service { get; }

    public CaseReader Desk { get; }

    public AlertIntake Intake { get; }

    public static async Task<CaseWorld> CreateAsync(EngineKind kind, params IRequestInterceptor[] interceptors)
    {
        var time = new ManualTime();
        return new CaseWorld(await LedgerWorld.CreateAsync(kind, time, interceptors), time);
    }

    /// <summary>Another service, as another node would have.</summary>
    public CaseService NewService(ICaseStore? store = null) =>
        new(
            store ?? Store,
            World.Store,
            World.AccountStore,
            World.Directory,
            Staff,
            Audit,
            Rules,
            Feed,
            World.Conflicts,
            Time,
            NullLogger<CaseService>.Instance
        );

    /// <summary>Another worker, as another node would have.</summary>
    public AlertIntake NewIntake(ICaseStore? store = null, IAlertOutbox? outbox = null) => new(
        World.Store, outbox ?? Outbox, store ?? Store, RuleSets, Rules, Feed, Time, NullLogger<AlertIntake>.Instance);

    /// <summary>A customer with an account who is on the blocked list: whatever is tried fires a rule that opens a fraud case.</summary>
    public async Task<Account> SuspectAsync(string owner, decimal balance = 1000)
    {
        World.Directory.Names[owner] = $"{owner} Suspect";
        var account = await World.OpenAsync(owner, balance);
        await ListAsync(account.Id, RiskLists.Blocked);
        return account;
    }

    /// <summary>Puts an account on a risk list for a year.</summary>
    public Task ListAsync(string accountId, string list) => World.Database.Client.PutItemAsync(
        World.Database.TableName(Infrastructure.Fraud.FraudTables.Lists),
        new ItemWriter().Set("subject_id", accountId).Set(list + "_until", Time.GetUtcNow().AddYears(1)).ToItem());

    /// <summary>Tries a transfer and gives back its row, whatever became of it.</summary>
    public async Task<Transfer> TryAsync(Account from, Account to, decimal amount)
    {
        var order = World.Order(from, to, amount);
        await Ledger.ExecuteAsync(order);
        return (await World.Store.FindTransferAsync(order.TransferId))!;
    }

    /// <summary>A fraud case that the worker opened for a customer.</summary>
    public async Task<Case> CaseOfAsync(string customer = "sam")
    {
        var (suspect, other) = (await SuspectAsync(customer), await World.OpenAsync("bob"));
        await Intake.ProcessAsync((await TryAsync(suspect, other, 10)).Id);
        return (await Store.FindOpenAsync(CaseKind.Fraud, customer))!;
    }

    public async Task<Case> ReadAsync(Case of) => (await Store.FindAsync(of.Id))!;

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
