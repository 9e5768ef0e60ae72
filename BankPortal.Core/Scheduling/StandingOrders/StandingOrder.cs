namespace BankPortal.Core.Scheduling.StandingOrders;

/// <summary>A customer's order to transfer an amount on certain dates. One row; every write is conditional on its version.</summary>
public sealed record StandingOrder
{
    /// <summary>Identifies it for ever; derived from the owner and the form it came from.</summary>
    public required string Id { get; init; }

    /// <summary>The customer.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The account that is debited; the owner's.</summary>
    public required string FromAccountId { get; init; }

    /// <summary>The account that is credited.</summary>
    public required string ToAccountId { get; init; }

    /// <summary>The credited account's number.</summary>
    public required AccountNumber ToNumber { get; init; }

    /// <summary>The payee's name as the customer gave it; <see langword="null"/> for an account of their own.</summary>
    public string? PayeeName { get; init; }

    /// <summary>How much each time.</summary>
    public required Money Amount { get; init; }

    /// <summary>What it is for; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>On which dates.</summary>
    public required PaymentSchedule Schedule { get; init; }

    /// <summary>Whether it is executed.</summary>
    public StandingOrderState State { get; init; }

    /// <summary>Why the bank paused it: the code of a refusal; <see langword="null"/> when the customer did, and while it is active.</summary>
    public string? PausedFor { get; init; }

    /// <summary>The next payment's place in the schedule.</summary>
    public int NextIndex { get; init; }

    /// <summary>The next payment's planned date; <see langword="null"/> when there is none.</summary>
    public DateOnly? NextDate { get; init; }

    /// <summary>The business day on which it is paid.</summary>
    public DateOnly? NextPayOn { get; init; }

    /// <summary>When it is tried next; <see langword="null"/> unless active.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>How often the next payment has been tried in vain.</summary>
    public int Tries { get; init; }

    /// <summary>The code of the refusal of the last try; <see langword="null"/> when there was none.</summary>
    public string? LastRefusal { get; init; }

    /// <summary>How many payments in a row have failed.</summary>
    public int FailuresInRow { get; init; }

    /// <summary>The planned date of the last payment that was made, skipped or given up. No date up to it is paid again.</summary>
    public DateOnly? LastDate { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The number of writes; the optimistic lock.</summary>
    public long Version { get; init; }

    /// <summary>Whether it goes to an account of the same customer.</summary>
    public bool IsOwn => PayeeName is null;

    /// <summary>Whether it will never be executed again.</summary>
    public bool IsOver => State is StandingOrderState.Finished or StandingOrderState.Cancelled;

    /// <summary>The idempotency key of the payment planned for a date: one date is paid once, whatever happens.</summary>
    public string KeyOf(DateOnly date) => $"standing-{Id}-{date.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
}

/// <summary>Whether a standing order is executed. Stored by name.</summary>
public enum StandingOrderState
{
    /// <summary>It is executed on its dates.</summary>
    Active,

    /// <summary>It is not executed until it is resumed.</summary>
    Paused,

    /// <summary>All its dates have passed.</summary>
    Finished,

    /// <summary>The customer ended it.</summary>
    Cancelled,
}

/// <summary>What became of one payment of a standing order. Written once, with the change of the order.</summary>
public sealed record StandingOrderRun
{
    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>The customer.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The planned date, which names the payment.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>What became of it.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>How much it was about.</summary>
    public required Money Amount { get; init; }

    /// <summary>When that was decided.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The transfer; <see langword="null"/> when there is none.</summary>
    public string? TransferId { get; init; }

    /// <summary>Why it failed: the code of the refusal.</summary>
    public string? Refusal { get; init; }
}

/// <summary>What became of one payment. Stored by name.</summary>
public enum RunOutcome
{
    /// <summary>The money was transferred.</summary>
    Paid,

    /// <summary>The transfer was made and waits for a decision of the bank.</summary>
    Held,

    /// <summary>It was not made, and is not tried again.</summary>
    Failed,

    /// <summary>The customer skipped it.</summary>
    Skipped,

    /// <summary>It was overdue for too long to be made up for.</summary>
    Missed,
}
