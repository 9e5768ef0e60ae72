namespace BankPortal.Core.Scheduling.Requests;

/// <summary>The asker has as many open requests as they may have.</summary>
/// <param name="Most">The most.</param>
public sealed record TooManyOpenRequestsError(int Most)
    : Error($"You have {Most.ToString(CultureInfo.CurrentCulture)} open requests, and that is the most there can be. Withdraw one or wait for an answer.");

/// <summary>The asker has as many open requests to this person as they may have.</summary>
/// <param name="Most">The most.</param>
public sealed record TooManyRequestsToPersonError(int Most)
    : Error($"You have {Most.ToString(CultureInfo.CurrentCulture)} open requests to this person already. Wait for an answer first.");

/// <summary>The asker has made as many requests in a day as they may make.</summary>
public sealed record TooManyRequestsTodayError() : Error("You have made many requests in the last 24 hours. Please try again tomorrow.");

/// <summary>One cannot ask oneself.</summary>
public sealed record RequestToSelfError() : Error("This is one of your own accounts. To move money between them, make a transfer.")
{
    /// <inheritdoc/>
    public override string? Field => "number";
}

/// <summary>The request was paid, declined or withdrawn, or has expired.</summary>
/// <param name="State">What became of it.</param>
public sealed record RequestClosedError(PaymentRequestState State)
    : Error(State switch
    {
        PaymentRequestState.Accepted => "This request has been paid already. Nothing was paid now.",
        PaymentRequestState.Declined => "This request was declined. Nothing was paid.",
        PaymentRequestState.Withdrawn => "This request was taken back. Nothing was paid.",
        _ => "This request has expired. Nothing was paid.",
    });
