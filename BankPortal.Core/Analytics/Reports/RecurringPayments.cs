using BankPortal.Core.Analytics.Months;

namespace BankPortal.Core.Analytics.Reports;

/// <summary>Finds payments that come back, from the few entries that month summaries keep one by one. Pure.</summary>
public static class RecurringPayments
{
    // Amounts further apart than this belong to different purchases at the same place.
    private const decimal WidestSpread = 2.5m;

    // How late a payment may be before it counts as ended.
    private const int Grace = 7;

    private static readonly (Rhythm Rhythm, int Least, int Most, int Times)[] Rhythms =
    [
        (Rhythm.Weekly, 6, 8, 4),
        (Rhythm.Fortnightly, 13, 15, 4),
        (Rhythm.Monthly, 26, 35, 3),
        (Rhythm.Quarterly, 85, 97, 3),
        (Rhythm.Yearly, 360, 371, 2),
    ];

    /// <summary>Finds the payments that are still running, by the day they are expected next.</summary>
    /// <param name="months">Month summaries of accounts of one currency.</param>
    /// <param name="currency">Their currency.</param>
    /// <param name="today">Today in the bank's zone.</param>
    public static ImmutableArray<RecurringPayment> Find(IEnumerable<AccountMonth> months, Currency currency, DateOnly today)
    {
        var found = new List<RecurringPayment>();
        var groups = months
            .SelectMany(month => month.Groups.Select(group => (month.Month, Group: group)))
            .Where(g => g.Group.Traits is { Counts: true, TakesBack: false, Title.Length: > 0 })
            .GroupBy(g => (Name: SearchText.Fold(g.Group.Traits.Title), g.Group.Traits.IsIncome));
        foreach (var group in groups)
        {
            // Where somebody buys often, nothing can be said to come back.
            if (group.Any(g => g.Group.Seen.Length != g.Group.Count))
            {
                continue;
            }

            var seen = group
                .SelectMany(g => g.Group.Seen.Select(s => (Day: g.Month.AddDays(s.Day - 1), s.Amount)))
                .OrderBy(s => s.Day)
                .ToList();
            if (Of(seen, group.First().Group.Traits.Title, group.Key.IsIncome, currency, today) is { } payment)
            {
                found.Add(payment);
            }
        }

        return [.. found.OrderBy(payment => payment.Next).ThenBy(payment => payment.Name, StringComparer.Ordinal)];
    }

    /// <summary>Returns the next day of a rhythm. Months keep the day of the month where they have it.</summary>
    internal static DateOnly After(Rhythm rhythm, int dayOfMonth, DateOnly day)
    {
        return rhythm switch
        {
            Rhythm.Weekly => day.AddDays(7),
            Rhythm.Fortnightly => day.AddDays(14),
            Rhythm.Monthly => In(1),
            Rhythm.Quarterly => In(3),
            _ => In(12),
        };

        DateOnly In(int months)
        {
            var month = new DateOnly(day.Year, day.Month, 1).AddMonths(months);
            return month.AddDays(Math.Min(dayOfMonth, DateTime.DaysInMonth(month.Year, month.Month)) - 1);
        }
    }

    private static RecurringPayment? Of(
        List<(DateOnly Day, long Amount)> seen, string name, bool isIncome, Currency currency, DateOnly today)
    {
        foreach (var (rhythm, least, most, times) in Rhythms)
        {
            if (seen.Count < times)
            {
                continue;
            }

            var gaps = seen.Zip(seen.Skip(1), (left, right) => right.Day.DayNumber - left.Day.DayNumber);
            var amounts = seen.ConvertAll(s => s.Amount);
            if (!gaps.All(gap => gap >= least && gap <= most) || amounts.Max() > amounts.Min() * WidestSpread)
            {
                continue;
            }

            // A month end moves: the 31st is the 28th in February, and the day that was meant is the latest one.
            var last = seen[^1];
            var next = After(rhythm, seen.TakeLast(3).Max(s => s.Day.Day), last.Day);
            if (next.AddDays(Grace) < today)
            {
                return null;
            }

            var earlier = amounts.SkipLast(1).TakeLast(3).ToList();
            var exact = earlier.Distinct().Count() == 1;
            var before = exact && last.Amount > earlier[0] ? new Money(earlier[0], currency) : (Money?)null;
            return new RecurringPayment(name, isIncome, rhythm, new Money(last.Amount, currency), exact, last.Day, next, before);
        }

        return null;
    }
}
