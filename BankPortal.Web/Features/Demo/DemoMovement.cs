namespace BankPortal.Web.Features.Demo;

/// <summary>A movement of money in the demonstration's past.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">Why.</param>
/// <param name="From">The person whose checking account is debited; <see langword="null"/> for the outside world.</param>
/// <param name="To">The person who is credited; <see langword="null"/> for the outside world.</param>
/// <param name="ToSavings">Credit the savings account instead of the checking account.</param>
/// <param name="Amount">In major units, positive.</param>
/// <param name="Description">What for.</param>
/// <param name="Outside">Who the outside world is, as seen on the entry.</param>
internal sealed record DemoMovement(
    DateTimeOffset At,
    TransferKind Kind,
    DemoPerson? From,
    DemoPerson? To,
    bool ToSavings,
    decimal Amount,
    string Description,
    string Outside
);
