namespace BankPortal.Web.Features.Demo;

/// <summary>An account of a demo customer without a sign-in.</summary>
internal readonly record struct DemoAccount(DemoCustomer Customer, bool IsSavings);

/// <summary>A movement of money in the history of the demo customers without a sign-in.</summary>
/// <param name="Number">Its place in the history; names it when it is posted.</param>
/// <param name="At">When.</param>
/// <param name="Kind">Why.</param>
/// <param name="From">The debited account; <see langword="null"/> for the outside world.</param>
/// <param name="To">The credited account; <see langword="null"/> for the outside world.</param>
/// <param name="Amount">In major units, positive.</param>
/// <param name="Description">What for.</param>
/// <param name="Outside">Who the outside world is, as seen on the entry.</param>
internal sealed record DemoPosting(
    int Number,
    DateTimeOffset At,
    TransferKind Kind,
    DemoAccount? From,
    DemoAccount? To,
    decimal Amount,
    string Description,
    string Outside);
