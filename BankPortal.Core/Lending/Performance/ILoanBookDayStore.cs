namespace BankPortal.Core.Lending.Performance;

/// <summary>Keeps the days of the loan book. Reads are strongly consistent. Thread-safe.</summary>
public interface ILoanBookDayStore
{
    /// <summary>Reads how far the days are complete. One round trip.</summary>
    Task<LoanBookHead> ReadHeadAsync(CancellationToken ct = default);

    /// <summary>Writes how far the days are complete, if the stored version is the one before its own.</summary>
    /// <returns>Whether it was written.</returns>
    Task<bool> TryWriteHeadAsync(LoanBookHead head, CancellationToken ct = default);

    /// <summary>Reads a day; <see langword="null"/> when there is none. One round trip.</summary>
    Task<LoanBookDay?> FindAsync(DateOnly day, CancellationToken ct = default);

    /// <summary>Reads several days by their dates; those that are missing are left out. One round trip for a hundred.</summary>
    Task<ImmutableArray<LoanBookDay>> FindAsync(IReadOnlyCollection<DateOnly> days, CancellationToken ct = default);

    /// <summary>Reads the days from one to another, in order. One round trip for each year, and more when the rows are large.</summary>
    Task<ImmutableArray<LoanBookDay>> ReadAsync(DateOnly from, DateOnly through, CancellationToken ct = default);

    /// <summary>Writes days in place of those there are. Safe to repeat.</summary>
    Task SaveAsync(IReadOnlyCollection<LoanBookDay> days, CancellationToken ct = default);

    /// <summary>Writes the days of a part of the book, to be put together later. Safe to repeat.</summary>
    Task SavePartAsync(int part, IReadOnlyCollection<LoanBookDay> days, CancellationToken ct = default);

    /// <summary>Reads the days of a part of the book.</summary>
    Task<ImmutableArray<LoanBookDay>> ReadPartAsync(int part, DateOnly from, DateOnly through, CancellationToken ct = default);
}

/// <summary>How far the days of the loan book are complete.</summary>
/// <param name="Through">The last complete day; <see langword="null"/> before the first.</param>
/// <param name="AgainFrom">The first day that has to be computed again, because loans were imported; <see langword="null"/> for
/// none.</param>
/// <param name="Version">The number of writes; the optimistic lock.</param>
public sealed record LoanBookHead(DateOnly? Through, DateOnly? AgainFrom, long Version)
{
    /// <summary>Before the first day.</summary>
    public static LoanBookHead None { get; } = new(null, null, 0);
}
