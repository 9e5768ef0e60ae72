using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Offers;

namespace BankPortal.Core.Lending.Performance;

/// <summary>How the loan book performs, as of any day that is over. Reads rows of days only, never loans. Thread-safe.</summary>
public sealed class LoanPerformance(ILoanBookDayStore days, LendingOptions options)
{
    /// <summary>How many months the charts go back.</summary>
    public const int Months = 12;

    /// <summary>How many months the vintage curves go back.</summary>
    public const int VintageMonths = 24;

    /// <summary>Reads the figures as of a day.</summary>
    /// <param name="actor">A manager or an administrator.</param>
    /// <param name="asOf">The day; <see langword="null"/> for the last one that is complete. A day that is not complete yet gives the
    /// last one that is.</param>
    /// <param name="currency">The currency of the figures.</param>
    /// <param name="product">The code of a product; <see langword="null"/> for all. Moves between buckets are of all products.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<Result<LoanPerformanceReport>> ReadAsync(
        Actor actor, DateOnly? asOf, Currency currency, string? product = null, CancellationToken ct = default)
    {
        if (!LoanProductService.MayRead(actor))
        {
            return new NotAllowedError();
        }

        var head = await days.ReadHeadAsync(ct);
        if (head.Through is not { } through)
        {
            return new NoLoanBookError();
        }

        var day = asOf is { } wanted && wanted < through ? wanted : through;
        var history = days.ReadAsync(day.AddMonths(-Months).AddDays(1), day, ct);
        var monthEnds = days.FindAsync([.. MonthEnds(day)], ct);
        var rows = await history;
        if (rows.LastOrDefault() is not { } last || last.Day != day)
        {
            return new NoLoanBookError();
        }

        return new LoanPerformanceReport(
            day,
            through,
            currency,
            FiguresOf(last),
            [.. rows.Select(FiguresOf)],
            VintagesOf([.. (await monthEnds).Where(row => row.Day < day), last]),
            [.. last.Moves.Where(move => move.Currency == currency.Code)],
            [.. last.Cells.Select(cell => cell.Product).Distinct(StringComparer.Ordinal)]);

        LoanBookFigures FiguresOf(LoanBookDay row) => LoanBookFigures.Of(
            row.Day, row.Cells.Where(Counts), options.Provision);

        bool Counts(LoanBookCell cell) => cell.Currency == currency.Code && (product is null || cell.Product == product);

        ImmutableArray<LoanVintage> VintagesOf(IReadOnlyList<LoanBookDay> ends) =>
        [
            .. ends
                .SelectMany(row => row.Cells
                    .Where(cell => cell.Vintage.Length > 0 && Counts(cell))
                    .GroupBy(cell => cell.Vintage, StringComparer.Ordinal)
                    .Select(cells => (Vintage: cells.Key, row.Day, Point: VintagePoint.Of(cells.Key, row.Day, cells))))
                .GroupBy(one => one.Vintage, StringComparer.Ordinal)
                .OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => new LoanVintage(
                    one.Key, [.. one.Select(point => point.Point).OrderBy(point => point.Age).DistinctBy(point => point.Age)])),
        ];
    }

    private static IEnumerable<DateOnly> MonthEnds(DateOnly day)
    {
        for (var i = VintageMonths; i >= 1; i--)
        {
            yield return new DateOnly(day.Year, day.Month, 1).AddMonths(1 - i).AddDays(-1);
        }
    }
}

/// <summary>There is no complete day of the loan book yet, or not that early.</summary>
public sealed record NoLoanBookError()
    : Error("There are no figures for this day. The first ones appear on the day after the first loan.");

/// <summary>The figures of the loan book, as of a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="LastDay">The last day there are figures for.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Figures">The figures of the day.</param>
/// <param name="History">The figures of each day of the twelve months before, in order.</param>
/// <param name="Vintages">Loans by the month in which they were paid out, the earliest first.</param>
/// <param name="Moves">How loans moved between buckets since the end of the month before.</param>
/// <param name="Products">The products in the book.</param>
public sealed record LoanPerformanceReport(
    DateOnly Day,
    DateOnly LastDay,
    Currency Currency,
    LoanBookFigures Figures,
    ImmutableArray<LoanBookFigures> History,
    ImmutableArray<LoanVintage> Vintages,
    ImmutableArray<LoanBookMove> Moves,
    ImmutableArray<string> Products);

/// <summary>Figures of one day. Amounts in minor units.</summary>
/// <param name="Day">The day.</param>
/// <param name="ByStatus">Count, amount lent and outstanding principal by state.</param>
/// <param name="ByBucket">Count, outstanding principal, arrears and provision by bucket, of loans being repaid.</param>
/// <param name="Outstanding">The principal of all loans being repaid.</param>
/// <param name="Arrears">What is overdue.</param>
/// <param name="Lent">What was lent in all.</param>
/// <param name="WrittenOff">The principal written off in all.</param>
/// <param name="Recovered">What was recovered in all.</param>
/// <param name="Provision">The expected loss.</param>
public sealed record LoanBookFigures(
    DateOnly Day,
    ImmutableArray<StatusFigures> ByStatus,
    ImmutableArray<BucketFigures> ByBucket,
    long Outstanding,
    long Arrears,
    long Lent,
    long WrittenOff,
    long Recovered,
    long Provision)
{
    /// <summary>The share of outstanding principal that is 30 days late or more, in percent.</summary>
    public decimal Par30 => Share(ByBucket.Where(one => one.Bucket.IsPar30()).Sum(one => one.Outstanding), Outstanding);

    /// <summary>The share of outstanding principal that is 90 days late or more, in percent.</summary>
    public decimal Par90 => Share(ByBucket.Where(one => one.Bucket.IsPar90()).Sum(one => one.Outstanding), Outstanding);

    /// <summary>The principal written off as a share of what was lent, in percent.</summary>
    public decimal WriteOffRate => Share(WrittenOff, Lent);

    /// <summary>What was recovered as a share of what was written off, in percent.</summary>
    public decimal RecoveryRate => Share(Recovered, WrittenOff);

    /// <summary>A share in percent with two decimals; zero of nothing.</summary>
    public static decimal Share(long part, long whole) =>
        whole == 0 ? 0 : decimal.Round(part * 100m / whole, 2, MidpointRounding.AwayFromZero);

    internal static LoanBookFigures Of(DateOnly day, IEnumerable<LoanBookCell> cells, ProvisionRates rates)
    {
        var all = cells.ToList();
        var active = all.Where(cell => cell.Status == LoanStatus.Active).ToList();
        var lent = all.Where(cell => cell.Vintage.Length > 0).ToList();
        var buckets = DelinquencyBuckets.All.Select(bucket =>
        {
            var these = active.Where(cell => cell.Bucket == bucket).ToList();
            var outstanding = these.Sum(cell => cell.Outstanding);
            return new BucketFigures(
                bucket, these.Sum(cell => cell.Count), outstanding, these.Sum(cell => cell.Arrears), rates.For(bucket, outstanding));
        }).ToImmutableArray();
        return new LoanBookFigures(
            day,
            [
                .. all.GroupBy(cell => cell.Status).OrderBy(one => one.Key).Select(one => new StatusFigures(
                    one.Key, one.Sum(cell => cell.Count), one.Sum(cell => cell.Granted), one.Sum(cell => cell.Outstanding))),
            ],
            buckets,
            active.Sum(cell => cell.Outstanding),
            active.Sum(cell => cell.Arrears),
            lent.Sum(cell => cell.Granted),
            lent.Sum(cell => cell.WrittenOff),
            lent.Sum(cell => cell.Recovered),
            buckets.Sum(one => one.Provision));
    }
}

/// <summary>Loans of one state.</summary>
public sealed record StatusFigures(LoanStatus Status, long Count, long Amount, long Outstanding);

/// <summary>Loans of one bucket.</summary>
public sealed record BucketFigures(DelinquencyBucket Bucket, long Count, long Outstanding, long Arrears, long Provision);

/// <summary>The loans that were paid out in one month, followed over time.</summary>
/// <param name="Month">The month, such as <c>2026-11</c>.</param>
/// <param name="Points">The points, by age.</param>
public sealed record LoanVintage(string Month, ImmutableArray<VintagePoint> Points);

/// <summary>How a vintage stood at an age.</summary>
/// <param name="Age">Months since the month of payout.</param>
/// <param name="Count">The number of loans.</param>
/// <param name="Lent">What was lent, in minor units.</param>
/// <param name="Bad">The principal that is 30 days late or more, or written off, in minor units.</param>
public sealed record VintagePoint(int Age, long Count, long Lent, long Bad)
{
    /// <summary>The bad principal as a share of what was lent, in percent.</summary>
    public decimal BadShare => LoanBookFigures.Share(Bad, Lent);

    internal static VintagePoint Of(string vintage, DateOnly day, IEnumerable<LoanBookCell> cells)
    {
        var month = DateOnly.ParseExact(vintage + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var all = cells.ToList();
        return new VintagePoint(
            ((day.Year - month.Year) * 12) + day.Month - month.Month,
            all.Sum(cell => cell.Count),
            all.Sum(cell => cell.Granted),
            all.Sum(cell => cell.WrittenOff + (cell.Bucket.IsPar30() ? cell.Outstanding : 0)));
    }
}
