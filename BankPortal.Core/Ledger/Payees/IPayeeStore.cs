namespace BankPortal.Core.Ledger.Payees;

/// <summary>Remembers whom customers have paid. Derived from transfers: losing a row costs a confirmation, not money.</summary>
public interface IPayeeStore
{
    /// <summary>The customer's payees, favourites first, then last paid first, <paramref name="limit"/> at the most. One round trip.</summary>
    Task<IReadOnlyList<Payee>> ListAsync(string userId, int limit, CancellationToken ct = default);

    /// <summary>One payee of the customer, or <see langword="null"/>. One round trip.</summary>
    Task<Payee?> FindAsync(string userId, string accountId, CancellationToken ct = default);

    /// <summary>Notes that the payee was paid; the first time is kept.</summary>
    Task RememberAsync(string userId, Payee payee, CancellationToken ct = default);

    /// <summary>Adds a payee that was not paid yet, if there is none for its account. One round trip.</summary>
    /// <returns>Whether it was added.</returns>
    Task<bool> TryAddAsync(string userId, Payee payee, CancellationToken ct = default);

    /// <summary>Changes nickname and favourite of a payee there is. One round trip.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> TryChangeAsync(string userId, string accountId, string? nickname, bool isFavourite, CancellationToken ct = default);

    /// <summary>Forgets a payee; the next payment to the account counts as the first. One round trip.</summary>
    Task DeleteAsync(string userId, string accountId, CancellationToken ct = default);

    /// <summary>
    /// Counts a look-up of an account number by the customer in the hour of <paramref name="at"/>, atomically.
    /// </summary>
    /// <returns>How many there are in that hour, this one included.</returns>
    Task<int> CountLookupAsync(string userId, DateTimeOffset at, CancellationToken ct = default);
}
