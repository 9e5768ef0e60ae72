using System.Security.Claims;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>A role. The roles of <see cref="Core.Identity.BankRoles"/> always exist, even without a stored row.</summary>
public sealed class BankRole
{
    /// <summary>The role's name in lower case; the key, which never changes.</summary>
    public string Id { get; set; } = "";

    /// <summary>The name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The normalised name used for look-ups.</summary>
    public string NormalizedName { get; set; } = "";

    /// <summary>Changes with every update.</summary>
    public string ConcurrencyStamp { get; set; } = "";

    /// <summary>The claims of everyone in the role.</summary>
    public IList<Claim> Claims { get; init; } = [];

    internal string? StoredStamp { get; set; }
}
