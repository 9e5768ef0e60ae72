namespace BankPortal.Core.Identity;

/// <summary>
/// How people stand with signing in, and the bank's own block on it: apart from the lock that wrong tries bring, without an
/// end, and lifted by staff only. Whoever asks has been authorised.
/// </summary>
public interface ICustomerAccess
{
    /// <summary>How a person stands, or <see langword="null"/> when there is no such person. Strongly consistent.</summary>
    Task<CustomerAccess?> FindAsync(string userId, CancellationToken ct = default);

    /// <summary>Where the person is signed in now, the most recently used first. Strongly consistent.</summary>
    Task<IReadOnlyList<CustomerSession>> ListSessionsAsync(string userId, CancellationToken ct = default);

    /// <summary>
    /// Blocks signing in and ends every session. A session that begins at this very moment is void: it carries the stamp
    /// that the block replaced. When signing in is blocked already, the sessions are ended all the same.
    /// </summary>
    /// <returns><see langword="false"/> when it was blocked already, or there is no such person.</returns>
    Task<bool> BlockAsync(string userId, CancellationToken ct = default);

    /// <summary>Lifts the block. The person signs in again with what they have, or sets a new password by mail.</summary>
    /// <returns><see langword="false"/> when it was not blocked.</returns>
    Task<bool> UnblockAsync(string userId, CancellationToken ct = default);
}
