namespace BankPortal.Core.Accounts;

/// <summary>Keeps accounts. Every read is strongly consistent.</summary>
public interface IAccountStore
{
    /// <summary>The account, or <see langword="null"/>. One round trip.</summary>
    Task<Account?> FindAsync(string accountId, CancellationToken ct = default);

    /// <summary>The account with that number, or <see langword="null"/>. Two round trips.</summary>
    Task<Account?> FindByNumberAsync(AccountNumber number, CancellationToken ct = default);

    /// <summary>All accounts of a customer, closed ones included, oldest first. Two round trips.</summary>
    Task<IReadOnlyList<Account>> ListByOwnerAsync(string ownerId, CancellationToken ct = default);

    /// <summary>
    /// Opens an account: its row, its number and its place in the owner's list, in one transaction.
    /// </summary>
    /// <param name="account">The new account.</param>
    /// <param name="maxPerOwner">How many accounts the owner may have in all.</param>
    /// <param name="ct">Cancels the wait.</param>
    Task<OpenOutcome> TryOpenAsync(Account account, int maxPerOwner, CancellationToken ct = default);

    /// <summary>Writes a changed row if its version is still <paramref name="expectedVersion"/>; money fields must not differ.</summary>
    /// <returns><see langword="false"/> when somebody else was first.</returns>
    Task<bool> TryUpdateAsync(Account account, long expectedVersion, CancellationToken ct = default);
}
