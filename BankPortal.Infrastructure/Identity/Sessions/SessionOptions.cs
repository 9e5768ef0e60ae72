using System.Security.Claims;

namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>How long sessions last and how open tabs are kept up to date. Configuration section <c>Sessions</c>.</summary>
public sealed class SessionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions";

    /// <summary>A customer's session ends after this time without activity.</summary>
    public TimeSpan CustomerIdle { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A customer's session ends after this time, whatever its activity.</summary>
    public TimeSpan CustomerAbsolute { get; set; } = TimeSpan.FromHours(2);

    /// <summary>A staff session ends after this time without activity.</summary>
    public TimeSpan StaffIdle { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A staff session ends after this time, whatever its activity.</summary>
    public TimeSpan StaffAbsolute { get; set; } = TimeSpan.FromHours(10);

    /// <summary>
    /// The shortest time between two writes of a session's last use. In the store, sessions may outlive their idle limit by
    /// this much.
    /// </summary>
    public TimeSpan TouchInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long before the idle end the countdown appears.</summary>
    public TimeSpan IdleWarning { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long before the absolute end a notice appears.</summary>
    public TimeSpan EndWarning { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a node checks the limits of its open tabs.</summary>
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a node reads the sessions of its open tabs, to learn what was done on other nodes.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a node compares the security stamps of the people with open tabs.</summary>
    public TimeSpan StampPoll { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How old a check of the session may be when a command relies on it.</summary>
    public TimeSpan ActorFreshness { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a proof of the second factor counts for sensitive actions.</summary>
    public TimeSpan SecondFactorFresh { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The shortest time between two activity reports of one tab.</summary>
    public TimeSpan ReportEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The shortest time between two writes of the activity of a session in constant use. Activity after a pause is written at once.
    /// </summary>
    public TimeSpan StoreEvery { get; set; } = TimeSpan.FromSeconds(15);

    internal (TimeSpan Idle, TimeSpan Absolute) LimitsFor(ClaimsPrincipal principal) =>
        BankRoles.Staff.Any(principal.IsInRole) ? (StaffIdle, StaffAbsolute) : (CustomerIdle, CustomerAbsolute);
}
