namespace BankPortal.Core.Fraud.Live;

/// <summary>The queue of held transfers.</summary>
/// <param name="Count">How many wait.</param>
/// <param name="IsMore">Whether there are more than were counted.</param>
/// <param name="OldestAt">Since when the first of them waits.</param>
public sealed record LiveHeld(int Count, bool IsMore, DateTimeOffset? OldestAt);
