using System.Security.Claims;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>A role. The roles of <see cref="Core.Identity.BankRoles"/> are always there, without a stored row.</summary>
public sealed class BankRole
{
    /// <summary>The role's name in lower case; it is its key and never changes.</summary>
    public string Id { get; set; } = "";

    /// <summary>The name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The name in the form look-ups use.</summary>
    public string NormalizedName { get; set; } = "";

    /// <summary>Changes with every update.</summary>
    public string ConcurrencyStamp { get; set; } = "";

    /// <summary>Claims everyone in the role has.</summary>
    public IList<Claim> Claims { get; init; } = [];

    internal string? StoredStamp { get; set; }
}
