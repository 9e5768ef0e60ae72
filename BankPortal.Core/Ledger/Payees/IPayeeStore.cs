namespace BankPortal.Core.Ledger.Payees;

/// <summary>Remembers whom customers have paid. Derived from transfers: losing a row costs a confirmation, not money.</summary>
public interface IPayeeStore
{
    /// <summary>The customer's payees, last paid first, <paramref name="limit"/> at the most. One round trip.</summary>
    Task<IReadOnlyList<Payee>> ListAsync(string userId, int limit, CancellationToken ct = default);

    /// <summary>One payee of the customer, or <see langword="null"/>. One round trip.</summary>
    Task<Payee?> FindAsync(string userId, string accountId, CancellationToken ct = default);

    /// <summary>Notes that the payee was paid; the first time is kept.</summary>
    Task RememberAsync(string userId, Payee payee, CancellationToken ct = default);

    /// <summary>
    /// Counts a look-up of an account number by the customer in the hour of <paramref name="at"/>, atomically.
    /// </summary>
    /// <returns>How many there are in that hour, this one included.</returns>
    Task<int> CountLookupAsync(string userId, DateTimeOffset at, CancellationToken ct = default);
}
