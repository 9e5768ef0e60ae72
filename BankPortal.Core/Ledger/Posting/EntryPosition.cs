namespace BankPortal.Core.Ledger.Posting;

/// <summary>The place of an entry in its account: entries are ordered by time, then by number.</summary>
/// <param name="PostedAt">When it was posted.</param>
/// <param name="Sequence">Its number.</param>
public readonly record struct EntryPosition(DateTimeOffset PostedAt, long Sequence) : IComparable<EntryPosition>
{
    /// <summary>Earlier first.</summary>
    public int CompareTo(EntryPosition other) =>
        PostedAt.CompareTo(other.PostedAt) is var byTime and not 0 ? byTime : Sequence.CompareTo(other.Sequence);

    /// <summary>Whether <paramref name="left"/> comes first.</summary>
    public static bool operator <(EntryPosition left, EntryPosition right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes later.</summary>
    public static bool operator >(EntryPosition left, EntryPosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> comes first or is the same.</summary>
    public static bool operator <=(EntryPosition left, EntryPosition right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> comes later or is the same.</summary>
    public static bool operator >=(EntryPosition left, EntryPosition right) => left.CompareTo(right) >= 0;

    /// <summary>Compact form for cursors: ticks and number.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PostedAt.UtcTicks:x}.{Sequence:x}");

    /// <summary>Reads the form of <see cref="ToString"/>; anything else gives <see langword="false"/>.</summary>
    public static bool TryParse(string? text, out EntryPosition position)
    {
        position = default;
        if (text is null || text.Length > 40 || text.Split('.') is not [var ticks, var sequence]
            || !long.TryParse(ticks, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var t)
            || !long.TryParse(sequence, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var s)
            || t < 0 || t > DateTime.MaxValue.Ticks || s < 0)
        {
            return false;
        }

        position = new EntryPosition(new DateTimeOffset(t, TimeSpan.Zero), s);
        return true;
    }
}
