namespace BankPortal.Core.Scheduling.Requests;

/// <summary>
/// A customer's request that another customer pays them. Both see it. Every write is conditional on its version; that it was paid is
/// noted whatever else became of it.
/// </summary>
public sealed record PaymentRequest
{
    /// <summary>Identifies it for ever; derived from the asker and the form it came from.</summary>
    public required string Id { get; init; }

    /// <summary>Who asks.</summary>
    public required string AskerId { get; init; }

    /// <summary>The asker's name as the bank has it: the payer sees it.</summary>
    public required string AskerName { get; init; }

    /// <summary>The asker's account that the money is to go to.</summary>
    public required string ToAccountId { get; init; }

    /// <summary>Its number: the payer sees it.</summary>
    public required AccountNumber ToNumber { get; init; }

    /// <summary>Who is asked.</summary>
    public required string PayerId { get; init; }

    /// <summary>The payer's name as the asker gave it.</summary>
    public required string PayerName { get; init; }

    /// <summary>The payer's account number as the asker gave it.</summary>
    public required AccountNumber PayerNumber { get; init; }

    /// <summary>How much.</summary>
    public required Money Amount { get; init; }

    /// <summary>What it is for; may be empty. Written by the asker.</summary>
    public string Text { get; init; } = "";

    /// <summary>The last day on which it can be paid, in the bank's zone.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>What became of it.</summary>
    public PaymentRequestState State { get; init; }

    /// <summary>The payment; <see langword="null"/> unless accepted.</summary>
    public string? TransferId { get; init; }

    /// <summary>
    /// The payer has blocked the asker: only the asker has this request, and nobody is told. To the asker it looks like any other.
    /// </summary>
    public bool IsSilent { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The number of writes; the optimistic lock.</summary>
    public long Version { get; init; } = 1;

    /// <summary>The idempotency key of its payment: it is paid once, whatever happens.</summary>
    public string PaymentKey => "request-" + Id;

    /// <summary>Whether it can be paid on a day of the bank.</summary>
    public bool IsOpenOn(DateOnly today) => State == PaymentRequestState.Open && today <= Until;

    /// <summary>What people see: an open request whose last day is over has expired.</summary>
    public PaymentRequestState StateOn(DateOnly today) =>
        State == PaymentRequestState.Open && today > Until ? PaymentRequestState.Expired : State;
}

/// <summary>What became of a request. Stored by name.</summary>
public enum PaymentRequestState
{
    /// <summary>It waits for the payer.</summary>
    Open,

    /// <summary>The payer has paid; the payment may still be reviewed by the bank.</summary>
    Accepted,

    /// <summary>The payer does not want to pay.</summary>
    Declined,

    /// <summary>The asker has taken it back.</summary>
    Withdrawn,

    /// <summary>Its last day is over. Never stored: it follows from the day.</summary>
    Expired,
}

/// <summary>A customer whose requests another customer does not want.</summary>
/// <param name="AskerId">Who is blocked.</param>
/// <param name="Name">Their name, as their request showed it.</param>
public sealed record BlockedAsker(string AskerId, string Name);

/// <summary>Everything about requests of one person.</summary>
/// <param name="Requests">Requests made and received, the latest first.</param>
/// <param name="Blocked">Whom the person has blocked.</param>
/// <param name="Version">How many requests the person has made; a new one is made only on the newest.</param>
public sealed record PersonRequests(ImmutableArray<PaymentRequest> Requests, ImmutableArray<BlockedAsker> Blocked, long Version);
