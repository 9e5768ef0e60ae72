using System.Collections.Frozen;

namespace BankPortal.Core.Identity;

/// <summary>The roles a user of the portal can have. A person never chooses a role: staff roles are given by an administrator.</summary>
public static class BankRoles
{
    /// <summary>Holds accounts and moves own money.</summary>
    public const string Customer = "customer";

    /// <summary>Fraud analyst: watches transactions, holds, releases, freezes.</summary>
    public const string Analyst = "analyst";

    /// <summary>Compliance officer: regulatory metrics, reports, audit trail.</summary>
    public const string Compliance = "compliance";

    /// <summary>Financial manager: business reports.</summary>
    public const string Manager = "manager";

    /// <summary>Administrator: users, roles, balances, health.</summary>
    public const string Admin = "admin";

    /// <summary>Every role.</summary>
    public static FrozenSet<string> All { get; } = new[] { Customer, Analyst, Compliance, Manager, Admin }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The roles of people who work for the bank; they need a second factor.</summary>
    public static FrozenSet<string> Staff { get; } = new[] { Analyst, Compliance, Manager, Admin }.ToFrozenSet(StringComparer.Ordinal);
}
