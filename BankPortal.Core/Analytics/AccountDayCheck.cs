namespace BankPortal.Core.Analytics;

/// <summary>The comparison of an account's day summary with the entries of that day.</summary>
/// <param name="Stored">What is stored; <see langword="null"/> when there is no row.</param>
/// <param name="Right">What the entries say; <see langword="null"/> when there are none.</param>
/// <param name="Altered">The first entry that does not follow from the one before it, or whose hash does not match its content.</param>
public sealed record AccountDayCheck(AccountDay? Stored, AccountDay? Right, Entry? Altered)
{
    /// <summary>Whether the row agrees with the entries, and the entries with their hashes.</summary>
    public bool IsRight => Altered is null && Stored == Right;
}
