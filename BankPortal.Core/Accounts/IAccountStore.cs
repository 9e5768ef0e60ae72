using BankPortal.Core.Common.Events;

namespace BankPortal.Core.Accounts;

/// <summary>Stores accounts. Every read is strongly consistent. Implementations are thread-safe.</summary>
public interface IAccountStore
{
    /// <summary>Reads an account; <see langword="null"/> when it does not exist. One round trip.</summary>
    Task<Account?> FindAsync(string accountId, CancellationToken ct = default);

    /// <summary>Reads the account with the given number; <see langword="null"/> when there is none. Two round trips.</summary>
    Task<Account?> FindByNumberAsync(AccountNumber number, CancellationToken ct = default);

    /// <summary>Reads all accounts of a customer, oldest first, closed ones included. Two round trips.</summary>
    Task<IReadOnlyList<Account>> ListByOwnerAsync(string ownerId, CancellationToken ct = default);

    /// <summary>Opens an account: writes its row, its number and its place in the owner's list in one transaction.</summary>
    /// <param name="account">The new account.</param>
    /// <param name="maxPerOwner">The most accounts the owner may have, closed ones included.</param>
    /// <param name="ct">Cancels the wait.</param>
    Task<OpenOutcome> TryOpenAsync(Account account, int maxPerOwner, CancellationToken ct = default);

    /// <summary>As the other one; without <paramref name="isNews"/> nobody is told, as for accounts that an import opens.</summary>
    Task<OpenOutcome> TryOpenAsync(Account account, int maxPerOwner, bool isNews, CancellationToken ct = default) =>
        TryOpenAsync(account, maxPerOwner, ct);

    /// <summary>Writes a changed row if its version is still <paramref name="expectedVersion"/>. The money fields must be
    /// unchanged.</summary>
    /// <returns><see langword="false"/> when the row was changed in the meantime; nothing is written then.</returns>
    Task<bool> TryUpdateAsync(Account account, long expectedVersion, CancellationToken ct = default);

    /// <summary>As the other one; the event is stored in the same transaction.</summary>
    Task<bool> TryUpdateAsync(Account account, long expectedVersion, BankEvent? happened, CancellationToken ct = default) =>
        TryUpdateAsync(account, expectedVersion, ct);
}
