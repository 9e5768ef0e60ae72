namespace BankPortal.Core.Analytics;

/// <summary>Sums entries up by days. Pure: the same entries give the same days, in one go or in many.</summary>
public static class DaySums
{
    /// <summary>Continues a series of days.</summary>
    /// <param name="open">The last day so far, to which entries may still be added; <see langword="null"/> at the beginning.</param>
    /// <param name="entries">The account's next entries, in order; those that <paramref name="open"/> has already are passed over.</param>
    /// <param name="dayOf">The bank's calendar.</param>
    /// <returns>The days that changed or came new, in order; the last one is the new open day.</returns>
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

            // An account's entries are in order of time, so a day once left does not come back.
            var day = dayOf(entry.PostedAt);
            if (current is null || day > current.Day)
            {
                if (current is not null && days.Count > 0)
                {
                    days[^1] = current;
                }

                current = AccountDay.Start(entry.AccountId, day, current?.LastSequence ?? 0, current?.Closing ?? Money.Zero(entry.Amount.Currency));
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

    /// <summary>Whether each day begins with the entry behind the last one of the day before: no gap, nothing twice.</summary>
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
