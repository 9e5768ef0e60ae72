using BankPortal.Core.Lending.Book;

namespace BankPortal.Core.Lending.Performance;

/// <summary>
/// The loan book at the end of a day, added up by product, bucket, month of payout, state and currency. One bounded row for each day, so
/// that figures of a year are 365 small reads however many loans and events there are. Never changes, except when loans are imported.
/// </summary>
/// <param name="Day">The day.</param>
/// <param name="Cells">The sums; combinations without loans are left out.</param>
/// <param name="Moves">How loans moved between buckets since the end of the month before the day's.</param>
public sealed record LoanBookDay(DateOnly Day, ImmutableArray<LoanBookCell> Cells, ImmutableArray<LoanBookMove> Moves)
{
    /// <summary>A day without loans.</summary>
    public static LoanBookDay Empty(DateOnly day) => new(day, [], []);

    /// <summary>Both together: the days of two parts of the book.</summary>
    public LoanBookDay Plus(LoanBookDay other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var builder = new LoanBookBuilder(Day);
        builder.Add(this);
        builder.Add(other);
        return builder.Build();
    }
}

/// <summary>One combination of dimensions with its sums. Amounts in minor units.</summary>
/// <param name="Product">The code of the product.</param>
/// <param name="Bucket">How late the loans are; <see cref="DelinquencyBucket.Current"/> unless they are being repaid.</param>
/// <param name="Vintage">The month in which they were paid out, such as <c>2026-11</c>; empty before.</param>
/// <param name="Status">Their state.</param>
/// <param name="Currency">Their currency.</param>
public sealed record LoanBookCell(string Product, DelinquencyBucket Bucket, string Vintage, LoanStatus Status, string Currency)
{
    /// <summary>The number of loans.</summary>
    public long Count { get; init; }

    /// <summary>What was lent, or applied for.</summary>
    public long Granted { get; init; }

    /// <summary>The principal that is not repaid.</summary>
    public long Outstanding { get; init; }

    /// <summary>What is overdue: principal, interest and fees.</summary>
    public long Arrears { get; init; }

    /// <summary>The principal that was written off.</summary>
    public long WrittenOff { get; init; }

    /// <summary>What was paid after that.</summary>
    public long Recovered { get; init; }

    /// <summary>The interest paid since the loans began.</summary>
    public long InterestPaid { get; init; }

    /// <summary>The fees paid since the loans began.</summary>
    public long FeesPaid { get; init; }

    internal LoanBookCell Plus(LoanBookCell other) => this with
    {
        Count = Count + other.Count,
        Granted = Granted + other.Granted,
        Outstanding = Outstanding + other.Outstanding,
        Arrears = Arrears + other.Arrears,
        WrittenOff = WrittenOff + other.WrittenOff,
        Recovered = Recovered + other.Recovered,
        InterestPaid = InterestPaid + other.InterestPaid,
        FeesPaid = FeesPaid + other.FeesPaid,
    };
}

/// <summary>Loans that were in one place at the end of the month before, and are in another now.</summary>
/// <param name="From">Where they were.</param>
/// <param name="To">Where they are.</param>
/// <param name="Currency">Their currency.</param>
/// <param name="Count">How many.</param>
/// <param name="Outstanding">Their principal at the earlier time; for new loans, now. In minor units.</param>
public sealed record LoanBookMove(LoanPlace From, LoanPlace To, string Currency, long Count, long Outstanding);

/// <summary>Where a loan stands in the book. Stored by name: members may be added, never renamed.</summary>
public enum LoanPlace
{
    /// <summary>Not paid out yet.</summary>
    New,

    /// <summary>Nothing is overdue.</summary>
    Current,

    /// <summary>1 to 29 days late.</summary>
    Days1To29,

    /// <summary>30 to 59 days late.</summary>
    Days30To59,

    /// <summary>60 to 89 days late.</summary>
    Days60To89,

    /// <summary>90 days late or more.</summary>
    Days90AndMore,

    /// <summary>Repaid.</summary>
    PaidOff,

    /// <summary>Written off.</summary>
    WrittenOff,
}

/// <summary>Adds loans up to a day of the book. Not thread-safe.</summary>
public sealed class LoanBookBuilder(DateOnly day)
{
    private readonly Dictionary<(string, DelinquencyBucket, string, LoanStatus, string), LoanBookCell> _cells = [];
    private readonly Dictionary<(LoanPlace, LoanPlace, string), LoanBookMove> _moves = [];

    /// <summary>Adds a loan.</summary>
    /// <param name="loan">The loan.</param>
    /// <param name="state">Its state at the end of the day.</param>
    /// <param name="before">Its state at the end of the month before.</param>
    public void Add(Loan loan, LoanState state, LoanState before)
    {
        ArgumentNullException.ThrowIfNull(loan);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(before);
        var currency = loan.Terms.Amount.Currency.Code;
        Add(new LoanBookCell(
            loan.Product,
            state.Bucket,
            state.PaidOutOn?.ToString("yyyy-MM", CultureInfo.InvariantCulture) ?? "",
            state.Status,
            currency)
        {
            Count = 1,
            Granted = loan.Terms.Amount.MinorUnits,
            Outstanding = state.Outstanding.MinorUnits,
            Arrears = state.Status == LoanStatus.Active ? state.Arrears.MinorUnits : 0,
            WrittenOff = state.WrittenOffPrincipal.MinorUnits,
            Recovered = state.Recovered.MinorUnits,
            InterestPaid = state.PaidInterest.MinorUnits,
            FeesPaid = state.PaidFees.MinorUnits,
        });
        if (state.PaidOutOn is not null)
        {
            var from = PlaceOf(before);
            Add(new LoanBookMove(
                from, PlaceOf(state), currency, 1, from == LoanPlace.New ? state.Outstanding.MinorUnits : before.Outstanding.MinorUnits));
        }
    }

    /// <summary>Adds a day of another part of the book.</summary>
    public void Add(LoanBookDay part)
    {
        ArgumentNullException.ThrowIfNull(part);
        foreach (var cell in part.Cells)
        {
            Add(cell);
        }

        foreach (var move in part.Moves)
        {
            Add(move);
        }
    }

    /// <summary>The day, its cells in a fixed order.</summary>
    public LoanBookDay Build() => new(
        day,
        [
            .. _cells.Values.OrderBy(cell => cell.Currency, StringComparer.Ordinal).ThenBy(cell => cell.Product, StringComparer.Ordinal)
                .ThenBy(cell => cell.Vintage, StringComparer.Ordinal).ThenBy(cell => cell.Status).ThenBy(cell => cell.Bucket),
        ],
        [.. _moves.Values.OrderBy(move => move.Currency, StringComparer.Ordinal).ThenBy(move => move.From).ThenBy(move => move.To)]);

    private static LoanPlace PlaceOf(LoanState state) => state.Status switch
    {
        LoanStatus.PaidOff => LoanPlace.PaidOff,
        LoanStatus.WrittenOff => LoanPlace.WrittenOff,
        LoanStatus.Active => LoanPlace.Current + (int)state.Bucket,
        _ => LoanPlace.New,
    };

    private void Add(LoanBookCell cell)
    {
        var key = (cell.Product, cell.Bucket, cell.Vintage, cell.Status, cell.Currency);
        _cells[key] = _cells.TryGetValue(key, out var sum) ? sum.Plus(cell) : cell;
    }

    private void Add(LoanBookMove move)
    {
        var key = (move.From, move.To, move.Currency);
        _moves[key] = _moves.TryGetValue(key, out var sum)
            ? sum with { Count = sum.Count + move.Count, Outstanding = sum.Outstanding + move.Outstanding }
            : move;
    }
}
