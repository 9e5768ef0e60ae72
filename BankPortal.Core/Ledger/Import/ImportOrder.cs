namespace BankPortal.Core.Ledger.Import;

/// <summary>The rows of one account in the order in which they are posted, and whether that order explains the balances in them.</summary>
/// <param name="Rows">The rows, oldest first.</param>
/// <param name="Opening">The balance before the first row, in major units; may be negative.</param>
/// <param name="Unexplained">The rows whose balance does not follow from the rows before them.</param>
/// <param name="Undecided">
/// The rows of one moment that fit both in the order of the file and in reverse, give another balance each time, and nothing
/// in the file says which order is right; empty when there are none.
/// </param>
internal sealed record ImportOrder(
    ImmutableArray<ImportRow> Rows, decimal Opening, ImmutableArray<ImportRow> Unexplained, ImmutableArray<ImportRow> Undecided)
{
    /// <summary>
    /// Finds the order. Rows of different moments follow their times. Rows of the same moment (in files with dates only: of the same
    /// day) are taken as in the file or in reverse, whichever the balances confirm; otherwise so that each balance follows from the
    /// one before it.
    /// </summary>
    /// <param name="rows">The rows of one account.</param>
    /// <param name="isFileNewestFirst">
    /// Whether the file goes from new to old; asked where the account's own rows do not tell. <see langword="null"/> when unknown.
    /// </param>
    public static ImportOrder Of(IReadOnlyCollection<ImportRow> rows, bool? isFileNewestFirst)
    {
        var newestFirst = IsNewestFirst(ImportDirection.Of(rows)) ?? isFileNewestFirst;
        var moments = rows
            .OrderBy(row => row.Line)
            .GroupBy(row => row.At)
            .OrderBy(moment => moment.Key)
            .Select(moment => new Moment([.. moment], newestFirst ?? false))
            .ToList();
        var known = moments.Find(moment => moment.HasBalance);
        var before = moments.TakeWhile(moment => moment != known).Sum(moment => moment.Sum);
        var openings = known is null ? [0m] : known.PossibleStarts().Select(start => start - before).Distinct().ToList();

        var explanations = openings
            .Select(opening => (Opening: opening, Rows: Explain(moments, opening)))
            .Where(explanation => explanation.Rows is not null)
            .ToList();
        if (explanations.Count > 0)
        {
            // The first of them follows the direction of the file, where there is one.
            var isUndecided = explanations.Count > 1 && newestFirst is null;
            return new ImportOrder([.. explanations[0].Rows!], explanations[0].Opening, [], isUndecided ? [.. known!.Rows] : []);
        }

        // In some systems the balances of a day do not follow the times of its rows. The times stay; the balances are explained all
        // the same when some order of the day leads to each of them.
        var isExplainedByDay = openings.Exists(opening => IsExplainedByDay(moments, opening));
        var (order, unexplained) = Approximate(moments);
        return new ImportOrder([.. order], OpeningOf(order), isExplainedByDay ? [] : [.. unexplained], []);
    }

    /// <summary>Whether rows of such a direction go from new to old; <see langword="null"/> when they do not tell.</summary>
    internal static bool? IsNewestFirst(int direction) => direction == 0 ? null : direction < 0;

    // Each moment begins with the opening balance and all amounts before it, whatever their order.
    private static List<ImportRow>? Explain(List<Moment> moments, decimal opening)
    {
        var order = new List<ImportRow>();
        var balance = opening;
        foreach (var moment in moments)
        {
            if (moment.Explain(balance) is not { } rows)
            {
                return null;
            }

            order.AddRange(rows);
            balance += moment.Sum;
        }

        return order;
    }

    private static bool IsExplainedByDay(List<Moment> moments, decimal opening)
    {
        var balance = opening;
        foreach (var day in moments.GroupBy(moment => moment.Rows[0].Day))
        {
            if (Explain([.. day], balance) is null && Chain([.. day.SelectMany(moment => moment.Rows)], balance) is null)
            {
                return false;
            }

            balance += day.Sum(moment => moment.Sum);
        }

        return true;
    }

    // The order with the fewest balances that do not follow, where each is compared with the last one given.
    private static (List<ImportRow> Order, List<ImportRow> Unexplained) Approximate(List<Moment> moments)
    {
        var order = new List<ImportRow>();
        var unexplained = new List<ImportRow>();
        decimal? balance = null;
        foreach (var moment in moments)
        {
            var (rows, wrong, after) = moment.Approximate(balance);
            order.AddRange(rows);
            unexplained.AddRange(wrong);
            balance = after;
        }

        return (order, unexplained);
    }

    private static decimal OpeningOf(List<ImportRow> order)
    {
        var sum = 0m;
        foreach (var row in order)
        {
            sum += row.Amount.Amount;
            if (row.BalanceAfter is { } balance)
            {
                return balance.Amount - sum;
            }
        }

        return 0;
    }

    // An order in which each balance follows from the one before: a path that takes every row once, from the balance before it to the
    // one after it (Hierholzer's algorithm). Where there are several, all end with the same balance.
    private static List<ImportRow>? Chain(IReadOnlyList<ImportRow> rows, decimal start)
    {
        if (rows.Any(row => row.BalanceAfter is null))
        {
            return null;
        }

        var from = rows.GroupBy(BalanceBefore).ToDictionary(group => group.Key, group => new Queue<ImportRow>(group));
        var open = new Stack<(decimal Balance, ImportRow? Row)>([(start, null)]);
        var path = new List<ImportRow>(rows.Count);
        while (open.TryPeek(out var top))
        {
            if (from.TryGetValue(top.Balance, out var next) && next.TryDequeue(out var row))
            {
                open.Push((row.BalanceAfter!.Value.Amount, row));
                continue;
            }

            open.Pop();
            if (top.Row is not null)
            {
                path.Add(top.Row);
            }
        }

        path.Reverse();
        return path.Count == rows.Count && Follows(path, start) ? path : null;
    }

    private static decimal BalanceBefore(ImportRow row) => row.BalanceAfter!.Value.Amount - row.Amount.Amount;

    private static bool Follows(IEnumerable<ImportRow> rows, decimal start)
    {
        var balance = start;
        foreach (var row in rows)
        {
            balance += row.Amount.Amount;
            if (row.BalanceAfter is { } stated && stated.Amount != balance)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The rows of an account that carry the same time.</summary>
    private sealed class Moment
    {
        // As in the file and in reverse; the one that follows the direction of the file first.
        private readonly IReadOnlyList<ImportRow>[] _orders;

        public Moment(IReadOnlyList<ImportRow> rows, bool newestFirst)
        {
            Rows = rows;
            Sum = rows.Sum(row => row.Amount.Amount);
            HasBalance = rows.Any(row => row.BalanceAfter is not null);
            IReadOnlyList<ImportRow> reversed = [.. rows.Reverse()];
            _orders = rows.Count == 1 ? [rows] : newestFirst ? [reversed, rows] : [rows, reversed];
        }

        public IReadOnlyList<ImportRow> Rows { get; }

        public decimal Sum { get; }

        public bool HasBalance { get; }

        // What the account could have held before these rows, given their own balances.
        public IEnumerable<decimal> PossibleStarts()
        {
            foreach (var order in _orders)
            {
                yield return OpeningOf([.. order]);
            }

            // In a chain, every balance is left as often as it is reached, except for the first and the last one.
            if (Rows.All(row => row.BalanceAfter is not null))
            {
                var reached = Rows.CountBy(row => row.BalanceAfter!.Value.Amount).ToDictionary();
                foreach (var (balance, left) in Rows.CountBy(BalanceBefore))
                {
                    if (left == reached.GetValueOrDefault(balance) + 1)
                    {
                        yield return balance;
                    }
                }
            }
        }

        public IReadOnlyList<ImportRow>? Explain(decimal start)
        {
            var fitting = Array.FindAll(_orders, order => Follows(order, start));
            return Array.Find(fitting, order => !GoesBelowZero(order, start)) ?? fitting.FirstOrDefault() ?? Chain(Rows, start);
        }

        public (IReadOnlyList<ImportRow> Rows, List<ImportRow> Unexplained, decimal? After) Approximate(decimal? start) =>
            _orders.Select(order => Compare(order, start)).MinBy(result => result.Unexplained.Count);

        private static (IReadOnlyList<ImportRow> Rows, List<ImportRow> Unexplained, decimal? After) Compare(
            IReadOnlyList<ImportRow> rows, decimal? start)
        {
            var unexplained = new List<ImportRow>();
            var balance = start;
            foreach (var row in rows)
            {
                balance += row.Amount.Amount;
                if (row.BalanceAfter is { } stated && stated.Amount != balance)
                {
                    if (balance is not null)
                    {
                        unexplained.Add(row);
                    }

                    balance = stated.Amount;
                }
            }

            return (rows, unexplained, balance);
        }

        private static bool GoesBelowZero(IEnumerable<ImportRow> rows, decimal start)
        {
            var balance = start;
            return rows.Any(row => (balance += row.Amount.Amount) < 0);
        }
    }
}
