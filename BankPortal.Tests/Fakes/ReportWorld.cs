using BankPortal.Core.Analytics.Days;
using BankPortal.Core.Common.Runs;
using BankPortal.Core.Reports;
using BankPortal.Core.Reports.Cubes;
using BankPortal.Core.Reports.Definitions;
using BankPortal.Core.Reports.Runs;
using BankPortal.Core.Reports.Saved;

namespace BankPortal.Tests.Fakes;

/// <summary>A bank in memory whose days are counted for reports, and the same figures computed naively from every transfer.</summary>
public sealed class ReportWorld
{
    public ReportWorld(DateTimeOffset start, string zone = "America/New_York", ICubeStore? cubes = null)
        : this(new InMemoryBank(new LedgerOptions { TimeZone = zone }, time: new ManualTime(start)), new FakeStaffDirectory(), cubes)
    {
    }

    public ReportWorld(InMemoryBank bank, FakeStaffDirectory staff, ICubeStore? cubes = null)
    {
        Bank = bank;
        Clock = bank.Time;
        Staff = staff;
        Cubes = cubes ?? new InMemoryCubes();
        Days = new ClosedDays(this);
        Rows = new ReportRows(Bank.Store, Bank.Store, Bank.Rules);
        Counter = new CubeCounter(Rows, Cubes, Bank.Store, Bank.Rules);
        Job = new CubeJob(Counter, Cubes, Days, [new LoanCubes(Loans)], new DayCloseOptions { Share = 1 }, Clock);
        Reports = new ReportService(Cubes, Counter, Loans, Bank.Rules, Clock);
        DrillDown = new ReportDrillDown(Rows, Reports, Bank.Directory, Bank.Audit.NewTrail(Clock), Bank.Rules);
        Worker = new ReportRunWorker(Rows, Reports, SavedStore, Staff, Events, Bank.Rules, Clock);
        Saved = new SavedReportService(SavedStore, Reports, Staff, Clock);
        RunService = new RunService(Runs, new RunSignal(), Clock);
        ReportRuns = new ReportRunService(RunService, Worker, Reports, SavedStore);
    }

    public static Actor Manager { get; } = StaffActors.Fresh("mia", BankRoles.Manager);

    public static Actor Compliance { get; } = StaffActors.Fresh("cora", BankRoles.Compliance);

    public ManualTime Clock { get; }

    public InMemoryBank Bank { get; }

    public ICubeStore Cubes { get; }

    public ClosedDays Days { get; }

    public ReportRows Rows { get; }

    public CubeCounter Counter { get; }

    public CubeJob Job { get; }

    public ListedLoans Loans { get; } = new();

    public ReportService Reports { get; }

    public ReportDrillDown DrillDown { get; }

    public IRunStore Runs { get; } = new InMemoryRuns();

    public InMemorySavedReports SavedStore { get; } = new();

    public FakeStaffDirectory Staff { get; }

    public InMemoryEvents Events { get; } = new();

    public ReportRunWorker Worker { get; }

    public SavedReportService Saved { get; }

    public RunService RunService { get; }

    public ReportRunService ReportRuns { get; }

    public List<Account> Accounts { get; } = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A node that makes the steps of runs.</summary>
    public RunJob NewNode(IRunWorker? worker = null) =>
        new(Runs, [worker ?? Worker], new RunSignal(), Clock, NullLogger<RunJob>.Instance);

    /// <summary>Opens an account; transfers refer to it by its owner.</summary>
    public async Task<Account> OpenAsync(string owner, AccountType type = AccountType.Checking)
    {
        var account = await Bank.OpenAsync(Bank.Customer(owner, owner), type: type);
        Accounts.Add(account);
        return account;
    }

    /// <summary>Moves random amounts at random times for some days; the same seed gives the same traffic.</summary>
    public async Task TrafficAsync(int seed, int days, int perDay)
    {
        var random = new Random(seed);
        TransferKind[] kinds =
        [
            TransferKind.Deposit, TransferKind.Salary, TransferKind.Purchase, TransferKind.Payment, TransferKind.Withdrawal,
            TransferKind.Interest, TransferKind.Fee,
        ];
        for (var day = 0; day < days; day++)
        {
            for (var i = 0; i < perDay; i++)
            {
                Clock.Advance(TimeSpan.FromMinutes(24 * 60.0 / perDay));
                var account = Accounts[random.Next(Accounts.Count)];
                var kind = kinds[random.Next(kinds.Length)];
                var isIn = kind is TransferKind.Deposit or TransferKind.Salary or TransferKind.Interest;
                var amount = Math.Round((decimal)Math.Exp(random.NextDouble() * 9), 2) + 0.01m;
                var balance = (await Bank.FindAsync(account)).Balance.Amount;
                if (random.Next(6) == 0 && Accounts.Count > 1 && balance > 5)
                {
                    var other = Accounts.Where(one => one.Id != account.Id).ElementAt(random.Next(Accounts.Count - 1));
                    var order = Orders.Transfer(account, other, Math.Min(amount, balance), Bank.NextKey());
                    Assert.True((await Bank.Ledger.ExecuteAsync(order with { Actor = Actor.System }, Ct)).IsSuccess);
                    continue;
                }

                if (!isIn)
                {
                    amount = Math.Min(amount, balance);
                    if (amount <= 0)
                    {
                        continue;
                    }
                }

                await Bank.PostAsync(account, isIn ? amount : -amount, "groceries", kind);
            }
        }
    }

    /// <summary>Counts all days before today.</summary>
    public async Task CountAsync()
    {
        while (!(await StepAsync(Job)).IsDone)
        {
        }
    }

    /// <summary>Makes one step of a job as of now.</summary>
    public Task<Core.Common.Jobs.JobStep> StepAsync(Core.Common.Jobs.IBankJob job) =>
        job.StepAsync(new Core.Common.Jobs.JobContext("node", 1, null, Clock.GetUtcNow(), Clock.GetUtcNow()), Ct);

    /// <summary>Reads a report as compliance, who may read all.</summary>
    public async Task<ReportResult> ReadAsync(ReportDefinition definition)
    {
        var read = await Reports.ReadAsync(Compliance, definition, Ct);
        Assert.True(read.IsSuccess, read.Error?.Message);
        return read.Value;
    }

    /// <summary>Every leg of every posted transfer, computed without any of the module's code.</summary>
    public async Task<List<Leg>> LegsAsync()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Bank.LedgerOptions.TimeZone);
        var accounts = new Dictionary<string, Account>(StringComparer.Ordinal);
        foreach (var account in Accounts)
        {
            accounts[account.Id] = await Bank.FindAsync(account);
        }

        var legs = new List<Leg>();
        await foreach (var transfer in Bank.Store.ReadPeriodAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue.AddDays(-1), Ct))
        {
            if (transfer.PostedAt is not { } posted)
            {
                continue;
            }

            var local = TimeZoneInfo.ConvertTimeFromUtc(posted.UtcDateTime, zone);
            if (accounts.TryGetValue(transfer.DebitAccountId, out var debit))
            {
                legs.Add(new Leg(transfer, debit, false, local));
            }

            if (accounts.TryGetValue(transfer.CreditAccountId, out var credit))
            {
                legs.Add(new Leg(transfer, credit, true, local));
            }
        }

        return legs;
    }

    public sealed record Leg(Transfer Transfer, Account Account, bool IsIn, DateTime Local)
    {
        public decimal Amount => Transfer.Amount.Amount;

        public DateOnly Day => DateOnly.FromDateTime(Local);
    }

    /// <summary>Days that count as closed: those before today, from a first one on.</summary>
    public sealed class ClosedDays(ReportWorld world) : IBankDayStore
    {
        public DateOnly? First { get; set; }

        public Task<DateOnly?> FindClosedToAsync(CancellationToken ct = default) =>
            Task.FromResult<DateOnly?>(world.Bank.Rules.DayOf(world.Clock.GetUtcNow()).AddDays(-1));

        public Task<DateOnly?> FindFirstAsync(CancellationToken ct = default) => Task.FromResult(First);

        public Task SavePartAsync(
            DateOnly day, int part, IReadOnlyDictionary<Currency, BankTotals> totals, CancellationToken ct = default) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<(Currency Currency, BankTotals Totals)>> ReadPartsAsync(DateOnly day, CancellationToken ct = default) =>
            throw new NotSupportedException();

        public Task<bool> TryCloseAsync(
            DateOnly day, DateOnly? closedTo, IReadOnlyCollection<BankPeriod> periods, CancellationToken ct = default) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<BankPeriod>> ReadAsync(
            BankPeriodKind kind, Currency currency, DateOnly from, DateOnly to, CancellationToken ct = default) =>
            throw new NotSupportedException();
    }

    /// <summary>Loans by hand.</summary>
    public sealed class ListedLoans : ILoanFigures
    {
        public List<LoanCell> Cells { get; } = [];

        public Task<bool> AnyAsync(CancellationToken ct = default) => Task.FromResult(Cells.Count > 0);

        public Task<IReadOnlyList<LoanCell>> ReadAsync(DateOnly day, CancellationToken ct = default) =>
            Task.FromResult<IReadOnlyList<LoanCell>>([.. Cells]);
    }
}
