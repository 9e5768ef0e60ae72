namespace BankPortal.Core.Administration.Users;

/// <summary>Finds users for administrators. The caller authorises. Implementations are thread-safe.</summary>
public interface IUserDirectory
{
    /// <summary>Lists users, the newest first: everybody, or those with a role. Who came a moment ago may be missing.</summary>
    /// <param name="role">The role; <see langword="null"/> for everybody.</param>
    /// <param name="after">The last user of the page before; <see langword="null"/> for the first page.</param>
    /// <param name="limit">The most users.</param>
    /// <param name="ct">Cancels the read.</param>
    Task<UserPage> ListAsync(string? role, string? after, int limit, CancellationToken ct = default);

    /// <summary>Reads a user; <see langword="null"/> when there is none. Strongly consistent.</summary>
    Task<PortalUser?> FindAsync(string userId, CancellationToken ct = default);

    /// <summary>Finds a user by their whole e-mail address; <see langword="null"/> when nobody has it. Strongly consistent.</summary>
    Task<PortalUser?> FindByEmailAsync(string email, CancellationToken ct = default);
}
