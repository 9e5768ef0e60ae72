using BankPortal.Core.Administration.Users;
using BankPortal.Core.Audit;
using BankPortal.Core.Common.Approvals;

namespace BankPortal.Web.Features.Administration.Users;

/// <summary>The texts of the pages about users.</summary>
internal static class UserText
{
    /// <summary>The name of a role.</summary>
    public static string Role(string role) => role switch
    {
        BankRoles.Customer => "Customer",
        BankRoles.Analyst => "Fraud analyst",
        BankRoles.Compliance => "Compliance officer",
        BankRoles.Manager => "Financial manager",
        BankRoles.Admin => "Administrator",
        _ => role,
    };

    /// <summary>The names of a user's roles.</summary>
    public static string Roles(IEnumerable<string> roles) => string.Join(", ", roles.Select(Role)) is { Length: > 0 } names ? names : "None";

    /// <summary>How a user can sign in.</summary>
    public static (string Text, StatusTone Tone) SignIn(PortalUser user) => user switch
    {
        { BlockedAt: not null } => ("Blocked", StatusTone.Negative),
        { LockedUntil: not null } => ("Locked", StatusTone.Attention),
        { HasPassword: false } => ("No password yet", StatusTone.Neutral),
        _ => ("Allowed", StatusTone.Positive),
    };

    /// <summary>What a request asks for.</summary>
    public static string Asked(Approval approval) => approval.Kind == UserRequests.SecondFactor
        ? "Take the second factor away"
        : $"Staff roles: {Roles(UserRequests.RolesOf(approval))}";

    /// <summary>What became of a request.</summary>
    public static (string Text, StatusTone Tone) State(Approval approval, DateTimeOffset now) => approval.StateAt(now) switch
    {
        ApprovalState.Pending => ("Waits for a second administrator", StatusTone.Attention),
        ApprovalState.Approved => ("Approved", StatusTone.Positive),
        ApprovalState.Rejected => ("Rejected", StatusTone.Neutral),
        ApprovalState.Expired => ("Nobody decided in time", StatusTone.Neutral),
        _ => ("Taken back", StatusTone.Neutral),
    };

    /// <summary>What happened with a sign-in.</summary>
    public static string Event(SecurityEvent happened) =>
        $"{EnumText.Words(happened.Kind)}, {EnumText.Words(happened.Outcome).ToLowerInvariant()}";
}
