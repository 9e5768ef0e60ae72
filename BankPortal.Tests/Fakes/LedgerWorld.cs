using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Ledger.Verification;
using BankPortal.Infrastructure.Ledger.Verification;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Fakes;

/// <summary>The ledger and its stores on a real engine, with a few shortcuts for making accounts and moving money.</summary>
public sealed class LedgerWorld : IAsyncDisposable
{
    private readonly DynamoFixture _fixture;
    private int _keys;

    private LedgerWorld(DynamoFixture fixture, TimeProvider time)
    {
        _fixture = fixture;
        Time = time;
        var protector = new FieldProtector(new EphemeralDataProtectionProvider());
        AccountItems = new AccountItems(protector);
        LedgerItems = new LedgerItems(protector);
        AccountStore = new DynamoAccountStore(Database, AccountItems);
        Store = new DynamoLedgerStore(Database, LedgerItems, AccountItems);
        Payees = new DynamoPayeeStore(Database, protector);
        Rules = new LedgerRules(Options);
        Feed = new TransferFeed(NullLogger<TransferFeed>.Instance);
        Conflicts = new ConflictsOfInterest(Related);
        StepUp = new StepUpPolicy(time, TimeSpan.FromMinutes(5));
        Accounts = new AccountService(AccountStore, new AccountOptions(), Audit.NewTrail(time), Conflicts, StepUp, time);
        Screening = new FraudScreening(
            RiskRules,
            new RiskFactSheet(Options),
            new DynamoRiskBackgroundStore(Database),
            new FraudOptions { Budget = TimeSpan.FromMinutes(1) },
            time,
            NullLogger<FraudScreening>.Instance
        );
        Ledger = NewService();
        ScreenedLedger = NewService(screening: Screening);
        Transfers = new TransferService(
            Ledger,
            Rules,
            Options,
            AccountStore,
            Payees,
            Directory,
            new PaymentConfirmations(Confirmations, time, TimeSpan.FromMinutes(5)),
            time,
            NullLogger<TransferService>.Instance
        );
        Verifier = new LedgerVerifier(new DynamoLedgerAudit(Database, LedgerItems, AccountItems));
    }

    public DynamoDatabase Database => _fixture.Database;

    public DynamoFixture Fixture => _fixture;

    public TimeProvider Time { get; }

    public LedgerOptions Options { get; } = new() { MaxTries = 200 };

    public AccountItems AccountItems { get; }

    public LedgerItems LedgerItems { get; }

    public DynamoAccountStore AccountStore { get; }

    public DynamoLedgerStore Store { get; }

    public DynamoPayeeStore Payees { get; }

    public FakeCustomerDirectory Directory { get; } = new();

    public InMemoryAuditStore Audit { get; } = new();

    public InMemoryRelatedPersons Related { get; } = new();

    public ConflictsOfInterest Conflicts { get; }

    public StepUpPolicy StepUp { get; }

    public InMemoryConfirmations Confirmations { get; } = new();

    public LedgerRules Rules { get; }

    public TransferFeed Feed { get; }

    public RulesInForce RiskRules { get; } = new();

    /// <summary>Assesses as the portal does; for services made with it by <see cref="NewService"/>. The others assess nothing.</summary>
    public FraudScreening Screening { get; }

    public AccountService Accounts { get; }

    /// <summary>A ledger that assesses nothing.</summary>
    public LedgerService Ledger { get; }

    /// <summary>Another service over the same store, which assesses transfers as the portal does.</summary>
    public LedgerService ScreenedLedger { get; }

    public TransferService Transfers { get; }

    public LedgerVerifier Verifier { get; }

    public static async Task<LedgerWorld> CreateAsync(
        EngineKind kind,
        TimeProvider? time = null,
        params IRequestInterceptor[] interceptors
    ) => new(await DynamoFixture.CreateAsync(kind, interceptors), time ?? TimeProvider.System);

    /// <summary>Another service over the same store, as another web node would have: it shares no queue with the first.</summary>
    public LedgerService NewService(ILedgerStore? store = null, ITransferScreening? screening = null) =>
        new(store ?? Store, Rules, Options, screening ?? new NoScreening(), Feed, Time, NullLogger<LedgerService>.Instance);

    public string NextKey() => $"key-{Interlocked.Increment(ref _keys)}";

    public async Task<Account> OpenAsync(string owner, decimal balance = 0, AccountType type = AccountType.Checking)
    {
        var account = (await Accounts.OpenAsync(Actor.Customer(owner), new OpenAccount(NextKey(), type))).Value;
        if (balance > 0)
        {
            await MustAsync(new TransferOrder
            {
                Actor = Actor.System,
                IdempotencyKey = NextKey(),
                Kind = TransferKind.Opening,
                DebitAccountId = GeneralLedger.Opening(account.Currency),
                CreditAccountId = account.Id,
                Amount = Usd(balance),
            });
        }

        return (await AccountStore.FindAsync(account.Id))!;
    }

    public TransferOrder Order(Account from, Account to, decimal amount, string? key = null) =>
        Orders.Transfer(from, to, amount, key ?? NextKey());

    public async Task<Transfer> MustAsync(TransferOrder order)
    {
        var result = await Ledger.ExecuteAsync(order);
        return result.IsSuccess ? result.Value : throw new InvalidOperationException($"Refused: {result.Error}");
    }

    public async Task<Account> ReadAsync(Account account) => (await AccountStore.FindAsync(account.Id))!;

    public Task<IReadOnlyList<Entry>> EntriesAsync(Account account) =>
        Store.ReadEntriesAsync(new EntryQuery(account.Id, 10_000, NewestFirst: false));

    public async Task AssertCleanAsync()
    {
        var found = await Verifier.VerifyAsync();
        Assert.True(found.IsClean, string.Join('\n', found.Violations));
    }

    public static Money Usd(decimal amount) => Money.Of(amount, Currency.Usd);

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();
}
