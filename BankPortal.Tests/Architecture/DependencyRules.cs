using System.Reflection;

namespace BankPortal.Tests.Architecture;

/// <summary>The rules of layers and rooms, as questions to assemblies and types; each answer lists what breaks the rule.</summary>
internal static class DependencyRules
{
    /// <summary>The rooms of the house; the same names in every layer.</summary>
    public static readonly IReadOnlyList<string> Rooms =
        ["Accounts", "Analytics", "Audit", "Compliance", "Fraud", "Identity", "Ledger", "Lending", "Notifications", "Reports"];

    /// <summary>Rooms that derive from what the ledger committed. They may look at the ledger and its accounts; never the other way.</summary>
    public static readonly IReadOnlyList<string> DerivedRooms =
        ["Analytics", "Compliance", "Fraud", "Lending", "Notifications", "Reports"];

    /// <summary>Rooms that everything derives from.</summary>
    public static readonly IReadOnlyList<string> BasicRooms = ["Accounts", "Ledger"];

    /// <summary>Assemblies that <paramref name="assembly"/> refers to although their name starts with a forbidden prefix.</summary>
    public static IReadOnlyList<string> ForbiddenReferences(Assembly assembly, params string[] prefixes) =>
        [.. assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)];

    /// <summary>Types among <paramref name="types"/> that use a type of the given full name.</summary>
    public static IReadOnlyList<string> UsersOf(string fullName, IEnumerable<Type> types) =>
        [.. types
            .Where(type => TypeUse.Of(type).Any(used => string.Equals(used.FullName, fullName, StringComparison.Ordinal)))
            .Select(type => type.FullName!)
            .Order(StringComparer.Ordinal)];

    /// <summary>Uses that run from one of the rooms <paramref name="users"/> to one of the rooms <paramref name="forbidden"/>, across all layers.</summary>
    public static IReadOnlyList<string> UsesBetween(
        IReadOnlyList<string> users, IReadOnlyList<string> forbidden, IEnumerable<Type> types, params string[] roots) =>
        [.. types
            .Where(type => IsIn(users, type, roots))
            .SelectMany(type => TypeUse.Of(type)
                .Where(used => IsIn(forbidden, used, roots))
                .Select(used => $"{type.FullName} uses {used.FullName}"))
            .Order(StringComparer.Ordinal)];

    /// <summary>Namespaces under <paramref name="root"/> whose first part is neither a room nor one of <paramref name="others"/>.</summary>
    public static IReadOnlyList<string> StrayNamespaces(string root, IEnumerable<Type> types, params string[] others) =>
        [.. types
            .Where(type => RoomOf(type, root) is { } room
                && !Rooms.Contains(room, StringComparer.Ordinal)
                && !others.Contains(room, StringComparer.Ordinal))
            .Select(type => type.Namespace!)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];

    private static bool IsIn(IReadOnlyList<string> rooms, Type type, string[] roots) =>
        RoomOf(type, roots) is { } room && rooms.Contains(room, StringComparer.Ordinal);

    /// <summary>The first part of a type's namespace below the first matching root, or null.</summary>
    private static string? RoomOf(Type type, params string[] roots)
    {
        foreach (var root in roots)
        {
            if (type.Namespace is { } name && name.StartsWith(root + ".", StringComparison.Ordinal))
            {
                return name[(root.Length + 1)..].Split('.')[0];
            }
        }

        return null;
    }
}
