namespace BankPortal.Core.Ledger.Transfers;

/// <summary>A transfer moves a positive amount.</summary>
public sealed record AmountNotPositiveError() : Error("Enter an amount above zero.")
{
    /// <inheritdoc/>
    public override string? Field => "amount";
}

/// <summary>A customer's spendable balance never goes below zero.</summary>
/// <param name="Available">What could be spent.</param>
public sealed record InsufficientFundsError(Money Available)
    : Error($"There is not enough money in this account. Available: {Available.Format(CultureInfo.CurrentCulture)}.")
{
    /// <inheritdoc/>
    public override string? Field => "amount";
}

/// <summary>The amount is above what one movement may be.</summary>
/// <param name="Limit">The most that one movement may be.</param>
public sealed record OverTransferLimitError(Money Limit)
    : Error($"The most you can move at once from this account is {Limit.Format(CultureInfo.CurrentCulture)}.")
{
    /// <inheritdoc/>
    public override string? Field => "amount";
}

/// <summary>The amount is above what is left of the day's limit.</summary>
/// <param name="Limit">The limit of a day.</param>
/// <param name="Remaining">What is left of it today.</param>
public sealed record OverDailyLimitError(Money Limit, Money Remaining)
    : Error(
        $"That is over this account's daily limit of {Limit.Format(CultureInfo.CurrentCulture)}. Left for today: {Remaining.Format(CultureInfo.CurrentCulture)}."
    )
{
    /// <inheritdoc/>
    public override string? Field => "amount";
}

/// <summary>The amount is above what may be paid in at once.</summary>
/// <param name="Limit">The most that one deposit may be.</param>
public sealed record OverDepositLimitError(Money Limit)
    : Error($"The most you can pay in at once is {Limit.Format(CultureInfo.CurrentCulture)}.")
{
    /// <inheritdoc/>
    public override string? Field => "amount";
}

/// <summary>A frozen account lets nothing out.</summary>
public sealed record DebitAccountFrozenError() : Error("This account is frozen: money can come in but not go out. Please contact us.")
{
    /// <inheritdoc/>
    public override string? Field => "from";
}

/// <summary>A closed account lets nothing out.</summary>
public sealed record DebitAccountClosedError() : Error("This account is closed.")
{
    /// <inheritdoc/>
    public override string? Field => "from";
}

/// <summary>A closed account lets nothing in.</summary>
public sealed record CreditAccountClosedError() : Error("This account cannot be paid into.")
{
    /// <inheritdoc/>
    public override string? Field => "to";
}

/// <summary>Both sides of a transfer are the same account.</summary>
public sealed record SameAccountError() : Error("Choose two different accounts.")
{
    /// <inheritdoc/>
    public override string? Field => "to";
}

/// <summary>Money is not exchanged: both accounts must have the transfer's currency.</summary>
public sealed record CurrencyMismatchError() : Error("These accounts have different currencies.")
{
    /// <inheritdoc/>
    public override string? Field => "to";
}

/// <summary>The idempotency key was used for something else.</summary>
public sealed record IdempotencyKeyReusedError() : Error("This form was already used for a different payment. Start a new one.");

/// <summary>The same amount went to the same account a few minutes ago, and the customer has not confirmed it.</summary>
/// <param name="At">When.</param>
public sealed record LikelyDuplicateError(DateTimeOffset At)
    : Error("You sent the same amount to the same account a few minutes ago. Send it again?");

/// <summary>An import gave a time before the account's last entry.</summary>
/// <param name="LastEntryAt">When the last entry was posted.</param>
public sealed record OutOfOrderError(DateTimeOffset LastEntryAt)
    : Error(string.Create(CultureInfo.InvariantCulture, $"It is dated before the account's last entry ({LastEntryAt:u})."));

/// <summary>An import gave a time on a day that is closed.</summary>
/// <param name="Day">The day.</param>
public sealed record DayClosedError(DateOnly Day)
    : Error($"It is dated {Day.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}, and that day is closed. Post a correction on a later day.");

/// <summary>The transfer is not held (any more): it has been settled.</summary>
public sealed record NotHeldError() : Error("This transfer has been settled already.");

/// <summary>Somebody has decided on the held transfer before.</summary>
/// <param name="WasReleased">Whether it was released; otherwise it was rejected.</param>
/// <param name="By">Who decided.</param>
/// <param name="At">When.</param>
public sealed record DecidedAlreadyError(bool WasReleased, string By, DateTimeOffset? At)
    : Error($"This transfer was {(WasReleased ? "released" : "rejected")} by {By} already. Nothing was changed now.");

/// <summary>What is not posted (held, rejected) has nothing to reverse.</summary>
public sealed record NotPostedError() : Error("Only a transaction that has been carried out can be reversed.");

/// <summary>A transfer is reversed once.</summary>
public sealed record AlreadyReversedError() : Error("This transaction has been reversed already.");

/// <summary>A reversal is not reversed; the money is sent again instead.</summary>
public sealed record IsReversalError() : Error("A reversal cannot be reversed.");

/// <summary>A closed account lets nothing in or out, not even a reversal.</summary>
public sealed record ReversalAccountClosedError() : Error("One of the two accounts is closed, so the money cannot be moved back.");

/// <summary>The account no longer has the money to be taken back, and overdrawing it was not allowed.</summary>
/// <param name="Available">What can be taken.</param>
public sealed record ReversalNotCoveredError(Money Available)
    : Error(
        $"The account that received the money has only {Available.Format(CultureInfo.CurrentCulture)} available. To take back more, allow overdrawing it."
    )
{
    /// <inheritdoc/>
    public override string? Field => "overdraw";
}

/// <summary>No account has that number.</summary>
public sealed record UnknownAccountNumberError() : Error("No account here has this number. Check it with the person you want to pay.")
{
    /// <inheritdoc/>
    public override string? Field => "number";
}

/// <summary>Too many payees were looked up in a short time.</summary>
public sealed record TooManyLookupsError() : Error("You have looked up many accounts in a short time. Please wait a while and try again.")
{
    /// <inheritdoc/>
    public override string? Field => "number";
}

/// <summary>The store could not be reached before anything was sent to it.</summary>
public sealed record LedgerUnreachableError()
    : Error("We cannot reach the bank's records right now. Nothing was changed. Please try again in a moment.");

/// <summary>The assessment refused the transfer. The text gives no reason: that would help fraudsters.</summary>
public sealed record DeclinedError() : Error("We could not carry this out. Nothing was moved. Please contact us if you need help.");
