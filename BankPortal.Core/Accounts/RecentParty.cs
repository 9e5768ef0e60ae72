namespace BankPortal.Core.Accounts;

/// <summary>Another customer's account that money came from or went to in the last 24 hours.</summary>
/// <param name="Hour">The clock hour (UTC, since 1970) of the last movement with it.</param>
/// <param name="Party">The account, as <see cref="PartyMark.Of"/> marks it.</param>
/// <param name="IsReceiver">Whether money went to it; otherwise money came from it.</param>
public readonly record struct RecentParty(long Hour, uint Party, bool IsReceiver);
