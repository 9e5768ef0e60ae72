namespace BankPortal.Core.Scheduling.StandingOrders;

/// <summary>The customer has as many standing orders as they may have.</summary>
/// <param name="Most">The most.</param>
public sealed record TooManyStandingOrdersError(int Most)
    : Error($"You have {Most.ToString(CultureInfo.CurrentCulture)} standing orders, and that is the most there can be. Cancel one first.");

/// <summary>A finished or cancelled standing order does not change any more.</summary>
public sealed record StandingOrderOverError() : Error("This standing order has ended and cannot be changed. You can make a new one like it.");

/// <summary>Only what is active can be paused or have a payment skipped.</summary>
public sealed record StandingOrderNotActiveError() : Error("This standing order is not active.");

/// <summary>Only what is paused can be resumed.</summary>
public sealed record StandingOrderNotPausedError() : Error("This standing order is not paused.");

/// <summary>All dates of a paused order have passed.</summary>
public sealed record NoDatesLeftError() : Error("All its dates have passed. Change the dates to go on with it.");

/// <summary>The customer saw another payment as the next one than there is now.</summary>
public sealed record NextPaymentChangedError() : Error("The next payment has changed in the meantime. Look at it again first.");

/// <summary>A payment was made or skipped on that date already.</summary>
public sealed record DatePaidError() : Error("There was a payment on this day already. Choose a later day.")
{
    /// <inheritdoc/>
    public override string? Field => "first";
}
