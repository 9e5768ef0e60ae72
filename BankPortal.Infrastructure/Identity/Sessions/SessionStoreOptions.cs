using System.Security.Claims;

namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>What the store of sessions needs to know of their life; the same section <c>Sessions</c> the portal reads.</summary>
public sealed class SessionStoreOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions";

    /// <summary>The longest a customer may do nothing.</summary>
    public TimeSpan CustomerIdle { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest a customer's session lasts.</summary>
    public TimeSpan CustomerAbsolute { get; set; } = TimeSpan.FromHours(2);

    /// <summary>The longest someone of the bank may do nothing.</summary>
    public TimeSpan StaffIdle { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The longest a session of someone of the bank lasts.</summary>
    public TimeSpan StaffAbsolute { get; set; } = TimeSpan.FromHours(10);

    /// <summary>How often at most the last use of a session is written down; sessions may outlive their idle limit by this much in the store.</summary>
    public TimeSpan TouchInterval { get; set; } = TimeSpan.FromSeconds(15);

    internal (TimeSpan Idle, TimeSpan Absolute) LimitsFor(ClaimsPrincipal principal) =>
        BankRoles.Staff.Any(principal.IsInRole) ? (StaffIdle, StaffAbsolute) : (CustomerIdle, CustomerAbsolute);
}
