namespace BankPortal.Core.Analytics;

/// <summary>Computes day summaries from entries. Pure: the same entries give the same summaries, in one call or in several.</summary>
public static class DaySums
{
    /// <summary>Continues a series of day summaries.</summary>
    /// <param name="open">The last summary so far, to which entries may still be added; <see langword="null"/> at the start.</param>
    /// <param name="entries">The account's next entries, in order; entries that <paramref name="open"/> already covers are
    /// skipped.</param>
    /// <param name="dayOf">Returns the bank's calendar day of a moment.</param>
    /// <returns>The summaries that changed or are new, in order; the last one is the new open day.</returns>
    public static IReadOnlyList<AccountDay> Continue(AccountDay? open, IEnumerable<Entry> entries, Func<DateTimeOffset, DateOnly> dayOf)
    {
        var days = new List<AccountDay>();
        var current = open;
        foreach (var entry in entries)
        {
            if (current is not null && entry.Sequence <= current.LastSequence)
            {
                continue;
            }

            // The entries of an account are ordered by time, so a day does not come back once the next one has begun.
            var day = dayOf(entry.PostedAt);
            if (current is null || day > current.Day)
            {
                if (current is not null && days.Count > 0)
                {
                    days[^1] = current;
                }

                current = AccountDay.Start(
                    entry.AccountId, day, current?.LastSequence ?? 0, current?.Closing ?? Money.Zero(entry.Amount.Currency));
                days.Add(current);
            }
            else if (days.Count == 0)
            {
                days.Add(current);
            }

            current = current.Plus(entry);
        }

        if (days.Count > 0)
        {
            days[^1] = current!;
        }

        return days;
    }

    /// <summary>Returns whether each day begins with the entry after the last one of the day before: no gaps, no overlaps.</summary>
    public static bool AreUnbroken(IReadOnlyList<AccountDay> days)
    {
        for (var i = 1; i < days.Count; i++)
        {
            if (days[i].Day <= days[i - 1].Day || days[i].FirstSequence != days[i - 1].LastSequence + 1)
            {
                return false;
            }
        }

        return true;
    }
}
