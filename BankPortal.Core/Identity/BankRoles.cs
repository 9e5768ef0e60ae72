using System.Collections.Frozen;

namespace BankPortal.Core.Identity;

/// <summary>The roles of the portal's users. Nobody chooses their own role: an administrator assigns staff roles.</summary>
public static class BankRoles
{
    /// <summary>Holds accounts and moves their own money.</summary>
    public const string Customer = "customer";

    /// <summary>Fraud analyst: monitors transactions, places and releases holds, freezes accounts.</summary>
    public const string Analyst = "analyst";

    /// <summary>Compliance officer: regulatory metrics, reports, audit trail.</summary>
    public const string Compliance = "compliance";

    /// <summary>Financial manager: business reports.</summary>
    public const string Manager = "manager";

    /// <summary>Administrator: users, roles, balances, health.</summary>
    public const string Admin = "admin";

    /// <summary>Every role.</summary>
    public static FrozenSet<string> All { get; } =
        new[] { Customer, Analyst, Compliance, Manager, Admin }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The roles of bank staff; they must use a second factor.</summary>
    public static FrozenSet<string> Staff { get; } = new[] { Analyst, Compliance, Manager, Admin }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Returns the roles that give rights: somebody who works for the bank has no customer's rights with the same sign-in, so that nobody
    /// moves money and decides on it as the same person.
    /// </summary>
    public static ImmutableHashSet<string> Effective(IEnumerable<string> roles)
    {
        ImmutableHashSet<string> known = [.. roles.Where(All.Contains)];
        return known.Overlaps(Staff) ? known.Remove(Customer) : known;
    }
}
