namespace BankPortal.Core.Lending.Book;

/// <summary>Keeps loans and their events. Reads are strongly consistent except for lists by state and what is due. Thread-safe.</summary>
public interface ILoanStore
{
    /// <summary>The number of parts of the indexes.</summary>
    const int Shards = 4;

    /// <summary>Reads a loan with its events; <see langword="null"/> when there is none. One round trip for hundreds of events.</summary>
    Task<LoanFile?> ReadAsync(string loanId, CancellationToken ct = default);

    /// <summary>Reads a loan without its events. One round trip.</summary>
    Task<Loan?> FindAsync(string loanId, CancellationToken ct = default);

    /// <summary>Reads the loans of a customer, the latest first. Two round trips.</summary>
    Task<ImmutableArray<Loan>> ListByOwnerAsync(string ownerId, CancellationToken ct = default);

    /// <summary>Adds a loan, if there is none with its id, with its first events. One round trip.</summary>
    /// <returns>Whether it was added.</returns>
    Task<bool> TryAddAsync(Loan loan, IReadOnlyCollection<LoanEvent> events, CancellationToken ct = default);

    /// <summary>
    /// Writes a loan, if the stored version is the one before its own, and appends events, all or nothing. One round trip.
    /// </summary>
    /// <returns>Whether it was written; if not, somebody has written since.</returns>
    Task<bool> TryWriteAsync(Loan loan, IReadOnlyCollection<LoanEvent> events, CancellationToken ct = default);

    /// <summary>
    /// Finds loans to look at, the longest overdue first, from an index that follows a moment later. One round trip; its cost depends on
    /// what is due, not on how many loans there are.
    /// </summary>
    Task<ImmutableArray<DueLoan>> FindDueAsync(
        int shard, DateTimeOffset now, int limit, DueLoan? after = null, CancellationToken ct = default);

    /// <summary>Lists loans of a state, from an index that follows a moment later. One round trip.</summary>
    /// <param name="status">The state.</param>
    /// <param name="shard">Which part of the index, below <see cref="Shards"/>.</param>
    /// <param name="limit">The most loans.</param>
    /// <param name="after">The loan after which the list goes on.</param>
    /// <param name="ct">Cancels the wait.</param>
    Task<ImmutableArray<Loan>> ListAsync(
        LoanStatus status, int shard, int limit, string? after = null, CancellationToken ct = default);
}

/// <summary>A loan that has to be looked at, according to the index.</summary>
/// <param name="LoanId">The loan.</param>
/// <param name="RunAt">Since when.</param>
public sealed record DueLoan(string LoanId, DateTimeOffset RunAt);
