namespace BankPortal.Core.Identity;

/// <summary>
/// Reads the sign-in status of people and blocks or unblocks signing in. A block by the bank is separate from the lockout after failed
/// attempts: it does not expire and only staff lift it. The caller has authorised the request.
/// </summary>
public interface ICustomerAccess
{
    /// <summary>Reads a person's sign-in status; <see langword="null"/> when there is no such person. Strongly consistent.</summary>
    Task<CustomerAccess?> FindAsync(string userId, CancellationToken ct = default);

    /// <summary>Reads a person's current sessions, most recently used first. Strongly consistent.</summary>
    Task<IReadOnlyList<CustomerSession>> ListSessionsAsync(string userId, CancellationToken ct = default);

    /// <summary>
    /// Blocks signing in and ends every session. A session that starts at the same moment is invalid, because it carries the security
    /// stamp that the block replaced. When signing in is already blocked, the sessions are ended all the same.
    /// </summary>
    /// <returns><see langword="false"/> when signing in was already blocked, or there is no such person.</returns>
    Task<bool> BlockAsync(string userId, CancellationToken ct = default);

    /// <summary>Lifts the block. The person can sign in with their existing password or set a new one by e-mail.</summary>
    /// <returns><see langword="false"/> when signing in was not blocked.</returns>
    Task<bool> UnblockAsync(string userId, CancellationToken ct = default);
}
