using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Scheduling;
using BankPortal.Core.Scheduling.Requests;

namespace BankPortal.Tests.Scheduling.Requests;

/// <summary>A bank in which Ann and Ben can ask each other for money. Friday 27 November 2026, noon, in UTC.</summary>
internal sealed class RequestBank
{
    public RequestBank()
    {
        Bank = new InMemoryBank(time: new ManualTime(new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.Zero)));
        Ann = Bank.Customer("ann", "Ann Archer") with { SessionId = "session-ann" };
        Ben = Bank.Customer("ben", "Ben Baker") with { SessionId = "session-ben" };
        Service = NewNode();
    }

    public InMemoryBank Bank { get; }

    public Actor Ann { get; }

    public Actor Ben { get; }

    public InMemoryPaymentRequests Store { get; } = new();

    public InMemoryEvents Events { get; } = new();

    public SchedulingOptions Options { get; } = new();

    public PaymentRequestService Service { get; }

    public static DateOnly Today => new(2026, 11, 27);

    public PaymentRequestService NewNode() => new(
        Store,
        Bank.Transfers,
        Bank.Ledger,
        Bank.Store,
        Bank.Directory,
        Events,
        new SchedulingClock(Bank.LedgerOptions, Bank.Time),
        Options);

    public AskForMoney Ask(Account to, Account from, decimal amount, string name = "Ben Baker", string? key = null, int days = 14) => new(
        key ?? Bank.NextKey(),
        to.Id,
        new TransferTarget.Someone(from.Number.Digits, name),
        Money.Of(amount, Currency.Usd),
        "Dinner",
        Today.AddDays(days),
        IsNameConfirmed: false);

    /// <summary>Ann asks Ben.</summary>
    public async Task<PaymentRequest> AskAsync(Account to, Account from, decimal amount) =>
        (await Service.AskAsync(Ann, Ask(to, from, amount))).Value;

    /// <summary>An account of each.</summary>
    public async Task<(Account Anns, Account Bens)> AccountsAsync(decimal bens = 500) =>
        (await Bank.OpenAsync(Ann), await Bank.OpenAsync(Ben, bens));

    /// <summary>Confirms a payment of Ben's as after a right code.</summary>
    public async Task ConfirmAsync(PaymentToConfirm payment)
    {
        var asked = await Bank.Confirmations.AskAsync(Ben, payment);
        await Bank.Confirmations.ConfirmAsync(asked.UserId, asked.SessionId, asked.Id, ConfirmationFactor.Authenticator);
    }

    public IEnumerable<string> Kinds => Events.All.Select(happened => $"{happened.Kind} to {happened.PersonId}");
}
