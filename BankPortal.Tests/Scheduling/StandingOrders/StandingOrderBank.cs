using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Scheduling;
using BankPortal.Core.Scheduling.StandingOrders;

namespace BankPortal.Tests.Scheduling.StandingOrders;

/// <summary>A bank with standing orders over stores in memory. Friday 27 November 2026, noon, in UTC.</summary>
internal sealed class StandingOrderBank
{
    public StandingOrderBank(ITransferScreening? screening = null)
    {
        Bank = new InMemoryBank(screening: screening, time: new ManualTime(new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.Zero)));
        Ann = Bank.Customer("ann", "Ann Archer");
        Ben = Bank.Customer("ben", "Ben Baker");
        Clock = new SchedulingClock(Bank.LedgerOptions, Bank.Time);
        Plan = new StandingOrderPlan(Calendar, Clock, Options);
        Service = new StandingOrderService(Orders, Plan, Bank.Transfers, Bank.Confirmations, Bank.Store, Calendar, Clock, Options);
    }

    public InMemoryBank Bank { get; }

    public Actor Ann { get; }

    public Actor Ben { get; }

    public InMemoryStandingOrders Orders { get; } = new();

    public InMemoryEvents Events { get; } = new();

    public SchedulingOptions Options { get; } = new();

    public BusinessCalendar Calendar { get; } = new(new CalendarOptions { Holidays = { "12-25", "01-01" } });

    public SchedulingClock Clock { get; }

    public StandingOrderPlan Plan { get; }

    public StandingOrderService Service { get; }

    /// <summary>A node of its own.</summary>
    public StandingOrderJob NewNode(IStandingOrderStore? store = null)
    {
        var runner = new StandingOrderRunner(
            store ?? Orders, Plan, Bank.Ledger, Bank.Payees, Bank.Directory, Events, Clock, NullLogger<StandingOrderRunner>.Instance);
        return new StandingOrderJob(store ?? Orders, runner, Options, NullLogger<StandingOrderJob>.Instance);
    }

    /// <summary>One run of the job, from beginning to end.</summary>
    public async Task<string> RunAsync(StandingOrderJob? node = null)
    {
        node ??= NewNode();
        string? cursor = null;
        while (true)
        {
            var now = Bank.Time.GetUtcNow();
            var step = await node.StepAsync(new JobContext("node", 1, cursor, now, now), default);
            if (step.IsDone)
            {
                return step.Summary!;
            }

            cursor = step.Cursor;
        }
    }

    /// <summary>Moves the clock to a time of a day and runs the job.</summary>
    public async Task RunOnAsync(string day, int hour = 7)
    {
        Bank.Time.SetUtcNow(new DateTimeOffset(Day(day), new TimeOnly(hour, 0), TimeSpan.Zero));
        await RunAsync();
    }

    public StandingOrderRequest Request(Account from, Account to, decimal amount, PaymentSchedule schedule) => new(
        Bank.NextKey(), from.Id, new TransferTarget.Someone(to.Number.Digits, "Ben Baker"), Money.Of(amount, Currency.Usd), "Rent", schedule);

    public async Task<StandingOrder> CreateAsync(Account from, Account to, decimal amount, PaymentSchedule schedule)
    {
        var review = await Service.ReviewAsync(Ann, Request(from, to, amount, schedule));
        return (await Service.CreateAsync(Ann with { SecondFactorAt = Bank.Time.GetUtcNow() }, review.Value)).Value;
    }

    /// <summary>Confirms a payment of Ann's as after a right code.</summary>
    public async Task ConfirmAsync(PaymentToConfirm payment)
    {
        var asked = await Bank.Confirmations.AskAsync(Ann, payment);
        Assert.True((await Bank.Confirmations.ConfirmAsync(
            asked.UserId, asked.SessionId, asked.Id, ConfirmationFactor.Authenticator)).IsSuccess);
    }

    public async Task<StandingOrder> FindAsync(StandingOrder order) => (await Orders.FindAsync(order.OwnerId, order.Id))!;

    public async Task<IReadOnlyList<(string Date, RunOutcome Outcome)>> RunsAsync(StandingOrder order) =>
        [.. (await Orders.ReadRunsAsync(order.OwnerId, order.Id, 100))
            .Reverse().Select(run => (run.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), run.Outcome))];

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
