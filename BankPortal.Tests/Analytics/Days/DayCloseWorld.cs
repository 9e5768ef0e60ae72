using BankPortal.Core.Analytics.Budgets;
using BankPortal.Core.Analytics.Days;
using BankPortal.Core.Analytics.Months;
using BankPortal.Core.Common.Jobs;
using BankPortal.Infrastructure.Analytics;
using BankPortal.Infrastructure.Analytics.Days;
using BankPortal.Infrastructure.Ledger.Reconciliation;
using BankPortal.Infrastructure.Ledger.Transfers;

namespace BankPortal.Tests.Analytics.Days;

/// <summary>A bank on a real engine whose days are closed.</summary>
internal sealed class DayCloseWorld : IAsyncDisposable
{
    private DayCloseWorld(LedgerWorld bank)
    {
        Bank = bank;
        Store = new DynamoBankDayStore(bank.Database, bank.Time);
        AccountDays = new AccountDayService(
            new DynamoAccountDayStore(bank.Database, maxRows: 8), bank.Store, bank.Rules, NullLogger<AccountDayService>.Instance);
        Service = new BankDayService(Store, NewCounter(), bank.Rules, bank.Time);
        Differences = new DynamoReconciliationStore(bank.Database);
        Verification = new DayVerification(
            Service, AccountDays, Differences, bank.Audit.NewTrail(bank.Time), bank.Time, NullLogger<DayVerification>.Instance);
    }

    public LedgerWorld Bank { get; }

    public ManualTime Clock => (ManualTime)Bank.Time;

    public DynamoBankDayStore Store { get; }

    public InMemoryCategoryBookStore Books { get; } = new();

    public InMemoryEvents Events { get; } = new();

    public AccountDayService AccountDays { get; }

    public BankDayService Service { get; }

    public DynamoReconciliationStore Differences { get; }

    public DayVerification Verification { get; }

    public DayVerificationJob VerificationJob =>
        new(Verification, Store, Bank.Rules, new DayCloseOptions { Share = 1, VerifyWithinNights = 3 }, Clock);

    public static async Task<DayCloseWorld> CreateAsync(EngineKind kind, DateTimeOffset start) =>
        new(await LedgerWorld.CreateAsync(kind, new ManualTime(start)));

    public ITransferFeedReader Feed => new DynamoTransferFeedReader(Bank.Database, Bank.LedgerItems);

    /// <summary>A job as another node has it.</summary>
    public DayCloseJob NewJob(ITransferFeedReader? feed = null, IBankDayStore? store = null) => new(
        new BankDayCounter(feed ?? Feed, Bank.Store, Bank.Rules),
        store ?? Store,
        feed ?? Feed,
        AccountDays,
        new BudgetWatch(
            Books,
            Bank.AccountStore,
            new AccountMonthService(new InMemoryAccountMonths(), Bank.Store, Bank.Rules, NullLogger<AccountMonthService>.Instance),
            Events,
            Clock),
        Bank.Rules,
        new DayCloseOptions { LookBackDays = 40, Share = 1 },
        Clock);

    /// <summary>Runs the closing to its end as of now and returns the number of steps.</summary>
    public Task<int> CloseAsync() => RunAsync(NewJob());

    /// <summary>Runs the verification to its end as of now and returns what it says.</summary>
    public async Task<string> VerifyAsync()
    {
        for (string? cursor = null; ;)
        {
            var step = await StepAsync(VerificationJob, cursor);
            if (step.IsDone)
            {
                return step.Summary!;
            }

            cursor = step.Cursor;
        }
    }

    private async Task<int> RunAsync(IBankJob job)
    {
        string? cursor = null;
        for (var steps = 1; ; steps++)
        {
            var step = await StepAsync(job, cursor);
            if (step.IsDone)
            {
                return steps;
            }

            cursor = step.Cursor;
        }
    }

    public Task<JobStep> StepAsync(IBankJob job, string? cursor) =>
        job.StepAsync(new JobContext("node", 1, cursor, Clock.GetUtcNow(), Clock.GetUtcNow()), TestContext.Current.CancellationToken);

    /// <summary>Pays between an account and the bank: in when positive, out when negative.</summary>
    public Task PayAsync(Account account, decimal amount, TransferKind kind)
    {
        var bank = GeneralLedger.Opposite(kind, account.Currency);
        return Bank.MustAsync(new TransferOrder
        {
            Actor = Actor.System,
            IdempotencyKey = Bank.NextKey(),
            Kind = kind,
            DebitAccountId = amount < 0 ? account.Id : bank,
            CreditAccountId = amount < 0 ? bank : account.Id,
            Amount = LedgerWorld.Usd(Math.Abs(amount)),
            DuplicateConfirmed = true,
        });
    }

    /// <summary>The sums of a day by kind, type and hour, computed naively from every entry of the accounts.</summary>
    public async Task<SortedDictionary<string, FlowSum>> NaiveAsync(DateOnly day, params Account[] accounts)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Bank.Options.TimeZone);
        var sums = new SortedDictionary<string, FlowSum>(StringComparer.Ordinal);
        foreach (var account in accounts)
        {
            foreach (var entry in await Bank.EntriesAsync(account))
            {
                var local = TimeZoneInfo.ConvertTimeFromUtc(entry.PostedAt.UtcDateTime, zone);
                if (DateOnly.FromDateTime(local) != day)
                {
                    continue;
                }

                foreach (var part in (string[])["all", $"kind:{entry.Kind}", $"type:{account.Type}", $"hour:{local.Hour:00}"])
                {
                    var old = sums.GetValueOrDefault(part);
                    var amount = entry.Amount.MinorUnits;
                    sums[part] = amount < 0
                        ? old with { Debits = old.Debits - amount, DebitCount = old.DebitCount + 1 }
                        : old with { Credits = old.Credits + amount, CreditCount = old.CreditCount + 1 };
                }
            }
        }

        return sums;
    }

    public ValueTask DisposeAsync() => Bank.DisposeAsync();

    private BankDayCounter NewCounter() => new(Feed, Bank.Store, Bank.Rules);
}
