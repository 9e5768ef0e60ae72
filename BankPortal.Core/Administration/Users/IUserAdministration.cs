namespace BankPortal.Core.Administration.Users;

/// <summary>Changes how users sign in and what they may do. The caller authorises and records. Implementations are thread-safe.</summary>
public interface IUserAdministration
{
    /// <summary>Ends a lockout after failed attempts and sets their count to zero.</summary>
    /// <returns><see langword="false"/> when there is no such user.</returns>
    Task<bool> UnlockAsync(string userId, CancellationToken ct = default);

    /// <summary>Ends all sessions.</summary>
    /// <returns>How many there were.</returns>
    Task<int> EndSessionsAsync(string userId, CancellationToken ct = default);

    /// <summary>Takes the password away and ends all sessions: the person chooses a new one through their e-mail address.</summary>
    /// <returns><see langword="false"/> when there is no such user.</returns>
    Task<bool> RemovePasswordAsync(string userId, CancellationToken ct = default);

    /// <summary>Takes authenticator, recovery codes and passkeys away and ends all sessions.</summary>
    /// <returns><see langword="false"/> when there is no such user.</returns>
    Task<bool> RemoveSecondFactorAsync(string userId, CancellationToken ct = default);

    /// <summary>Sets the staff roles; the customer's role stays as it is. Ends all sessions when something changes.</summary>
    /// <returns><see langword="false"/> when there is no such user.</returns>
    Task<bool> SetStaffRolesAsync(string userId, IReadOnlyCollection<string> roles, CancellationToken ct = default);

    /// <summary>Creates a user without password and roles.</summary>
    /// <returns>The user id; or <see cref="InvalidInputError"/> when the address is not one or somebody has it.</returns>
    Task<Result<string>> CreateAsync(string email, string name, CancellationToken ct = default);
}
