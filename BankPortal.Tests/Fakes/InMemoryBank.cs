using BankPortal.Core.Identity.Confirmations;

namespace BankPortal.Tests.Fakes;

/// <summary>The bank's real services over stores in memory, with a clock that stands still.</summary>
public sealed class InMemoryBank
{
    private int _keys;

    public InMemoryBank(
        LedgerOptions? ledgerOptions = null,
        AccountOptions? accountOptions = null,
        ITransferScreening? screening = null,
        ManualTime? time = null
    )
    {
        Time = time ?? new ManualTime();
        LedgerOptions = ledgerOptions ?? new LedgerOptions { TimeZone = "UTC" };
        AccountOptions = accountOptions ?? new AccountOptions();
        Rules = new LedgerRules(LedgerOptions);
        Feed = new TransferFeed(NullLogger<TransferFeed>.Instance);
        Conflicts = new ConflictsOfInterest(Related);
        StepUp = new StepUpPolicy(Time, TimeSpan.FromMinutes(5));
        Confirmations = new PaymentConfirmations(ConfirmationStore, Time, TimeSpan.FromMinutes(5));
        Accounts = new AccountService(Store, AccountOptions, Audit.NewTrail(Time), Conflicts, StepUp, Time);
        Ledger = new LedgerService(
            Store,
            Rules,
            LedgerOptions,
            screening ?? new NoScreening(),
            Feed,
            Time,
            NullLogger<LedgerService>.Instance
        );
        Desk = new TransactionDesk(Store, Store, Directory, Ledger, Audit.NewTrail(Time), Conflicts, StepUp);
        Transfers = new TransferService(
            Ledger,
            Rules,
            LedgerOptions,
            Store,
            Payees,
            Directory,
            Confirmations,
            Time,
            NullLogger<TransferService>.Instance
        );
    }

    /// <summary>A bank whose transfers are assessed by the shipped rules.</summary>
    public static InMemoryBank Screened(InMemoryRiskBackgrounds backgrounds, LedgerOptions? options = null, ManualTime? time = null)
    {
        time ??= new ManualTime();
        options ??= new LedgerOptions { TimeZone = "UTC" };
        var screening = new FraudScreening(
            new RulesInForce(), new RiskFactSheet(options), backgrounds, new FraudOptions(), time, NullLogger<FraudScreening>.Instance);
        var bank = new InMemoryBank(options, screening: screening, time: time);
        backgrounds.Payees = bank.Payees;
        return bank;
    }

    public ManualTime Time { get; }

    public InMemoryLedger Store { get; } = new();

    public InMemoryPayees Payees { get; } = new();

    public FakeCustomerDirectory Directory { get; } = new();

    public InMemoryAuditStore Audit { get; } = new();

    public InMemoryRelatedPersons Related { get; } = new();

    public ConflictsOfInterest Conflicts { get; }

    public StepUpPolicy StepUp { get; }

    /// <summary>Whether payments wait for a code; set <see cref="InMemoryConfirmations.AsksForCodes"/> where a test is about that.</summary>
    public InMemoryConfirmations ConfirmationStore { get; } = new();

    public PaymentConfirmations Confirmations { get; }

    public LedgerOptions LedgerOptions { get; }

    public AccountOptions AccountOptions { get; }

    public LedgerRules Rules { get; }

    public TransferFeed Feed { get; }

    public AccountService Accounts { get; }

    public LedgerService Ledger { get; }

    public TransactionDesk Desk { get; }

    public TransferService Transfers { get; }

    /// <summary>A customer with a name and a second factor proven just now.</summary>
    public Actor Customer(string userId, string name)
    {
        Directory.Names[userId] = name;
        return Actor.Customer(userId) with { SecondFactorAt = Time.GetUtcNow() };
    }

    /// <summary>Opens an account with a balance paid in by the bank, so that no limit is used.</summary>
    public async Task<Account> OpenAsync(Actor owner, decimal balance = 0, AccountType type = AccountType.Checking, string? nickname = null)
    {
        var account = (await Accounts.OpenAsync(owner, new OpenAccount(NextKey(), type, nickname))).Value;
        if (balance != 0)
        {
            await PostAsync(account, balance);
        }

        return await FindAsync(account);
    }

    /// <summary>Posts a movement between the bank and an account: in when positive, out when negative.</summary>
    public async Task<Transfer> PostAsync(
        Account account, decimal amount, string description = "", TransferKind kind = TransferKind.Payment, DateTimeOffset? at = null)
    {
        var money = Money.Of(Math.Abs(amount), account.Currency);
        var bank = GeneralLedger.Clearing(account.Currency);
        return (await Ledger.ExecuteAsync(new TransferOrder
        {
            Actor = Actor.System,
            IdempotencyKey = NextKey(),
            Kind = kind,
            DebitAccountId = amount < 0 ? account.Id : bank,
            CreditAccountId = amount < 0 ? bank : account.Id,
            Amount = money,
            Description = description,
            DuplicateConfirmed = true,
            At = at,
        })).Value;
    }

    /// <summary>The account as it is stored now.</summary>
    public async Task<Account> FindAsync(Account account) =>
        await Store.FindAsync(account.Id) ?? throw new InvalidOperationException("The account is gone.");

    /// <summary>Changes an account's row past all rules.</summary>
    public async Task<Account> ChangeAsync(Account account, Func<Account, Account> change)
    {
        var current = await FindAsync(account);
        var changed = change(current) with { Version = current.Version + 1 };
        Store.Put(changed);
        return changed;
    }

    public string NextKey() => "test-" + Interlocked.Increment(ref _keys).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
