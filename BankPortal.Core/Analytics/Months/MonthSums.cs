using BankPortal.Core.Analytics.Categories;

namespace BankPortal.Core.Analytics.Months;

/// <summary>Computes month summaries from entries. Pure.</summary>
public static class MonthSums
{
    /// <summary>From this many groups on, the smallest are summed up by kind and shipped category.</summary>
    public const int MaxGroups = 300;

    /// <summary>The most entries of a group that are kept one by one; a weekly payment has up to five a month.</summary>
    public const int MaxSeen = 5;

    // From this many different amounts on in a group, amounts are rounded to two digits: only the median reads them.
    private const int MaxAmounts = 200;

    /// <summary>Continues a series of month summaries with the account's next entries, in order.</summary>
    /// <returns>The summaries that changed or are new, in order; the last one is the new open month.</returns>
    public static IReadOnlyList<AccountMonth> Continue(AccountMonth? open, IEnumerable<Entry> entries, Func<DateTimeOffset, DateOnly> dayOf)
    {
        var months = new List<AccountMonth>();
        var building = open is null ? null : new Builder(open);
        foreach (var entry in entries)
        {
            if (building is not null && entry.Sequence <= building.LastSequence)
            {
                continue;
            }

            var day = dayOf(entry.PostedAt);
            var month = new DateOnly(day.Year, day.Month, 1);
            if (building is null || month > building.Month)
            {
                if (building is { Changed: true })
                {
                    months.Add(building.ToMonth());
                }

                building = new Builder(entry.AccountId, month, entry.Sequence);
            }

            building.Add(entry, day);
        }

        if (building is { Changed: true })
        {
            months.Add(building.ToMonth());
        }

        return months;
    }

    /// <summary>Returns whether each month begins with the entry after the last one of the month before.</summary>
    public static bool AreUnbroken(IReadOnlyList<AccountMonth> months)
    {
        for (var i = 1; i < months.Count; i++)
        {
            if (months[i].Month <= months[i - 1].Month || months[i].FirstSequence != months[i - 1].LastSequence + 1)
            {
                return false;
            }
        }

        return true;
    }

    private static EntryTraits Coarse(EntryTraits traits) => traits with { Description = "" };

    private static EntryTraits Coarsest(EntryTraits traits) => traits with
    {
        // A name that the shipped rules put into the same category.
        Counterparty = "",
        Description = ShippedCategories.All.First(category => category.Id == ShippedCategories.Of(traits)).Name,
    };

    private static long Round(long amount)
    {
        var unit = 1L;
        while (amount / unit >= 100)
        {
            unit *= 10;
        }

        return (amount + (unit / 2)) / unit * unit;
    }

    private sealed class Builder
    {
        private readonly Dictionary<EntryTraits, Tally> _groups = [];
        private readonly string _accountId;
        private readonly long _first;
        private DateTimeOffset _lastAt;

        public Builder(string accountId, DateOnly month, long first) => (_accountId, Month, _first) = (accountId, month, first);

        public Builder(AccountMonth month)
            : this(month.AccountId, month.Month, month.FirstSequence)
        {
            (LastSequence, _lastAt) = (month.LastSequence, month.LastAt);
            foreach (var group in month.Groups)
            {
                Tally(group.Traits).Add(group);
            }
        }

        public DateOnly Month { get; }

        public long LastSequence { get; private set; }

        public bool Changed { get; private set; }

        public void Add(Entry entry, DateOnly day)
        {
            (LastSequence, _lastAt, Changed) = (entry.Sequence, entry.PostedAt, true);
            Tally(EntryTraits.Of(entry)).Add(entry.Amount.Abs().MinorUnits, day);
            if (_groups.Count > MaxGroups * 2)
            {
                Compact();
            }
        }

        public AccountMonth ToMonth()
        {
            Compact();
            var groups = _groups
                .OrderBy(g => g.Key.Counterparty, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Description, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Kind)
                .ThenBy(g => g.Key.IsIn)
                .Select(g => g.Value.ToGroup(g.Key));
            return new AccountMonth(_accountId, Month, _first, LastSequence, _lastAt, [.. groups]);
        }

        private Tally Tally(EntryTraits traits) =>
            _groups.TryGetValue(traits, out var tally) ? tally : _groups[traits] = new Tally();

        // First the descriptions go, then the names of the smallest.
        private void Compact()
        {
            if (_groups.Count > MaxGroups)
            {
                Merge([.. _groups.Keys.Where(t => t is { Counterparty.Length: > 0, Description.Length: > 0 })], Coarse);
            }

            Merge([.. _groups.OrderByDescending(g => g.Value.Sum).Skip(MaxGroups).Select(g => g.Key)], Coarsest);
        }

        private void Merge(List<EntryTraits> some, Func<EntryTraits, EntryTraits> to)
        {
            foreach (var traits in some)
            {
                if (to(traits) is var coarser && coarser != traits && _groups.Remove(traits, out var tally))
                {
                    Tally(coarser).Add(tally.ToGroup(traits));
                }
            }
        }
    }

    private sealed class Tally
    {
        private readonly SortedDictionary<long, int> _amounts = [];
        private List<SeenEntry>? _seen = [];
        private int _count;
        private long _weekendSum;
        private int _weekendCount;

        public long Sum { get; private set; }

        public void Add(long amount, DateOnly day)
        {
            var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            Add(1, amount, weekend ? amount : 0, weekend ? 1 : 0);
            AddAmount(amount, 1);
            See([new SeenEntry(day.Day, amount)]);
        }

        public void Add(EntryGroup group)
        {
            Add(group.Count, group.Sum, group.WeekendSum, group.WeekendCount);
            foreach (var (amount, count) in group.Amounts)
            {
                AddAmount(amount, count);
            }

            See(group.Seen.Length == group.Count ? group.Seen : null);
        }

        public EntryGroup ToGroup(EntryTraits traits) => new(
            traits, _count, Sum, _weekendSum, _weekendCount, _amounts.ToImmutableSortedDictionary(), _seen is null ? [] : [.. _seen]);

        private void Add(int count, long sum, long weekendSum, int weekendCount)
        {
            _count += count;
            Sum = checked(Sum + sum);
            _weekendSum += weekendSum;
            _weekendCount += weekendCount;
        }

        private void AddAmount(long amount, int count)
        {
            var key = _amounts.Count >= MaxAmounts ? Round(amount) : amount;
            _amounts[key] = _amounts.GetValueOrDefault(key) + count;
        }

        private void See(ImmutableArray<SeenEntry>? more)
        {
            if (more is null || _seen is null || _seen.Count + more.Value.Length > MaxSeen)
            {
                _seen = null;
                return;
            }

            _seen.AddRange(more.Value);
        }
    }
}
