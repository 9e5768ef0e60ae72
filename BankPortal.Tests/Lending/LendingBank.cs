using BankPortal.Core.Common.Approvals;
using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Lending;
using BankPortal.Core.Lending.Applications;
using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Offers;

namespace BankPortal.Tests.Lending;

/// <summary>A bank with loans over stores in memory. Saturday 31 January 2026, noon, in UTC.</summary>
internal sealed class LendingBank
{
    public static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    public static readonly Actor Manager = StaffActors.Fresh("manager", BankRoles.Manager);
    public static readonly Actor Second = StaffActors.Fresh("second", BankRoles.Manager);
    public static readonly Actor Admin = StaffActors.Fresh("admin", BankRoles.Admin);

    public LendingBank(InMemoryBank? bank = null)
    {
        Bank = bank ?? new InMemoryBank(time: new ManualTime(Start));
        Ann = Bank.Customer("ann", "Ann Archer");
        Ben = Bank.Customer("ben", "Ben Baker");
        Clock = new LendingClock(Bank.Rules, Options, Bank.Time);
        var audit = Bank.Audit.NewTrail(Bank.Time);
        Approvals = new ApprovalService(ApprovalStore, new ApproverConflicts(Bank.Conflicts), Bank.Time);
        Products = new LoanProductService(ProductStore, audit, Bank.StepUp);
        Days = new AccountDayService(new InMemoryAccountDays(), Bank.Store, Bank.Rules, NullLogger<AccountDayService>.Instance);
        Affordability = new AffordabilityService(Bank.Store, Days, Loans, Clock);
        Runner = NewRunner(Loans);
        Service = new LoanService(
            Loans, Products, Affordability, Bank.Store, Approvals, Bank.Confirmations, Runner, Clock, Options);
        Desk = new LoanDesk(
            Loans, Runner, Approvals, Affordability, Bank.Store, Bank.Directory, audit, Bank.Conflicts, Bank.StepUp, Clock, Options);
    }

    public InMemoryBank Bank { get; }

    public Actor Ann { get; }

    public Actor Ben { get; }

    public InMemoryLoans Loans { get; } = new();

    public InMemoryApprovals ApprovalStore { get; } = new();

    public InMemoryLoanProducts ProductStore { get; } = new();

    public InMemoryLoanBookDays BookDays { get; } = new();

    public InMemoryEvents Events { get; } = new();

    public LendingOptions Options { get; } = new();

    public LendingClock Clock { get; }

    public ApprovalService Approvals { get; }

    public LoanProductService Products { get; }

    public AccountDayService Days { get; }

    public AffordabilityService Affordability { get; }

    public LoanRunner Runner { get; }

    public LoanService Service { get; }

    public LoanDesk Desk { get; }

    /// <summary>The account of the loan in which money is.</summary>
    public Account Account { get; private set; } = default!;

    public LoanRunner NewRunner(ILoanStore store) =>
        new(store, Bank.Store, Bank.Ledger, Approvals, Events, Clock, Options, NullLogger<LoanRunner>.Instance);

    public LoanRequest Request(decimal amount = 10_000, int months = 12, string product = "personal") =>
        new(Bank.NextKey(), product, Account.Id, Money.Of(amount, Currency.Usd), months, "A new kitchen");

    /// <summary>Opens Ann's account, which the requests name.</summary>
    public async Task OpenAsync(decimal balance = 0) => Account = await Bank.OpenAsync(Ann, balance);

    /// <summary>Ann applies.</summary>
    public async Task<Loan> ApplyAsync(decimal amount = 10_000, int months = 12, string product = "personal", decimal balance = 0)
    {
        if (Account is null)
        {
            await OpenAsync(balance);
        }

        var offer = (await Service.ReviewAsync(Ann, Request(amount, months, product))).Value;
        var applied = await Service.ApplyAsync(Ann, offer);
        Assert.True(applied.IsSuccess, applied.Error?.Message);
        return applied.Value;
    }

    /// <summary>Ann has a loan that was paid out.</summary>
    public async Task<Loan> LendAsync(decimal amount = 10_000, int months = 12, string product = "personal", decimal balance = 0)
    {
        var loan = await ApplyAsync(amount, months, product, balance);
        await DecideAsync(Manager, loan, LoanApprovals.Grant);
        if (amount >= Options.TwoPersonsFrom)
        {
            await DecideAsync(Second, loan, LoanApprovals.Grant);
        }

        var lent = await FindAsync(loan);
        Assert.Equal(LoanStatus.Active, lent.Loan.Status);
        return lent.Loan;
    }

    public async Task<Approval> DecideAsync(Actor actor, Loan loan, string approval, bool isApproval = true)
    {
        var decided = await Desk.DecideAsync(actor, loan.Id, approval, isApproval, "Checked");
        Assert.True(decided.IsSuccess, decided.Error?.Message);
        return decided.Value;
    }

    public async Task<LoanFile> FindAsync(Loan loan) => (await Loans.ReadAsync(loan.Id))!;

    public async Task<LoanState> StateAsync(Loan loan) => (await FindAsync(loan)).AsOf(Clock.Today);

    public async Task<decimal> BalanceAsync() => (await Bank.FindAsync(Account)).Balance.Amount;

    /// <summary>Moves the clock to a time of a day and runs the job.</summary>
    public async Task RunOnAsync(string day, int hour = 7)
    {
        Bank.Time.SetUtcNow(new DateTimeOffset(LoanSamples.Day(day), new TimeOnly(hour, 0), TimeSpan.Zero));
        await RunAsync();
    }

    /// <summary>One run of the job, from beginning to end.</summary>
    public async Task<string> RunAsync(ILoanStore? store = null)
    {
        var job = new LoanCollectionJob(
            store ?? Loans, store is null ? Runner : NewRunner(store), Options, NullLogger<LoanCollectionJob>.Instance);
        string? cursor = null;
        while (true)
        {
            var now = Bank.Time.GetUtcNow();
            var step = await job.StepAsync(new JobContext("node", 1, cursor, now, now), default);
            if (step.IsDone)
            {
                return step.Summary!;
            }

            cursor = step.Cursor;
        }
    }
}
