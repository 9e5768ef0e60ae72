using Microsoft.AspNetCore.Components;

namespace BankPortal.Tests.Architecture;

/// <summary>
/// The dependency rules between layers and modules, as questions to assemblies and types. Each answer lists what breaks the
/// rule. Uses of constants are not seen: the compiler copies their values.
/// </summary>
internal static class DependencyRules
{
    /// <summary>The modules of the portal. Every project uses the same names.</summary>
    public static readonly IReadOnlyList<string> Modules =
    [
        "Accounts", "Administration", "Analytics", "Audit", "Compliance", "Demo", "Fraud", "Home", "Identity", "Ledger", "Lending",
        "Notifications", "Products", "Reports", "Scheduling", "Statements",
    ];

    /// <summary>Modules that derive from what the ledger committed. They may use Ledger and Accounts, never the other way.</summary>
    public static readonly IReadOnlyList<string> DerivedModules =
    [
        "Administration", "Analytics", "Compliance", "Demo", "Fraud", "Lending", "Notifications", "Products", "Reports", "Scheduling",
        "Statements",
    ];

    /// <summary>Modules that the derived modules build on.</summary>
    public static readonly IReadOnlyList<string> BasicModules = ["Accounts", "Ledger"];

    /// <summary>The folders of Features/Identity that other modules may use: who is signed in, and what they may do.</summary>
    private static readonly string[] IdentityServices = ["Access", "Messages", "Sessions"];

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

    /// <summary>
    /// Uses that run from one of the modules <paramref name="users"/> to one of the modules <paramref name="forbidden"/>, across
    /// all <paramref name="roots"/>.
    /// </summary>
    public static IReadOnlyList<string> UsesBetween(
        IReadOnlyList<string> users, IReadOnlyList<string> forbidden, IEnumerable<Type> types, params string[] roots) =>
        Uses(
            types,
            type => ModuleOf(type, roots) is { } module && users.Contains(module, StringComparer.Ordinal),
            (_, used) => ModuleOf(used, roots) is { } module && forbidden.Contains(module, StringComparer.Ordinal));

    /// <summary>
    /// Uses of another module's types inside <paramref name="features"/>. Two are allowed: the services of Identity, but not its
    /// pages, and the components of all modules on the pages of Home.
    /// </summary>
    public static IReadOnlyList<string> UsesAcrossFeatures(string features, IEnumerable<Type> types) =>
        Uses(
            types,
            type => ModuleOf(type, features) is not null,
            (user, used) => ModuleOf(used, features) is { } module
                && ModuleOf(user, features) is var own
                && own != module
                && !IsIdentityService(used, features)
                && !(own == "Home" && IsComponent(used)));

    /// <summary>
    /// Uses of features, other than the services of Identity, by shared components. The components at the root, which put the
    /// portal together, may use all.
    /// </summary>
    public static IReadOnlyList<string> UsesOfFeatures(string components, string features, IEnumerable<Type> types) =>
        Uses(
            types,
            type => ModuleOf(type, components) is not null,
            (_, used) => ModuleOf(used, features) is not null && !IsIdentityService(used, features));

    /// <summary>Uses of types under one namespace by types under another.</summary>
    public static IReadOnlyList<string> UsesOfNamespace(string users, string forbidden, IEnumerable<Type> types) =>
        Uses(types, type => IsUnder(type, users), (_, used) => IsUnder(used, forbidden));

    /// <summary>Namespaces under <paramref name="root"/> whose first part is not one of <paramref name="known"/>.</summary>
    public static IReadOnlyList<string> StrayNamespaces(string root, IEnumerable<Type> types, params IEnumerable<string> known) =>
        [.. types
            .Where(type => ModuleOf(type, root) is { } module && !known.Contains(module, StringComparer.Ordinal))
            .Select(type => type.Namespace!)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];

    private static IReadOnlyList<string> Uses(IEnumerable<Type> types, Func<Type, bool> isUser, Func<Type, Type, bool> isForbidden) =>
        [.. types
            .Where(isUser)
            .SelectMany(type => TypeUse.Of(type)
                .Where(used => isForbidden(type, used))
                .Select(used => $"{type.FullName} uses {used.FullName}"))
            .Order(StringComparer.Ordinal)];

    private static bool IsIdentityService(Type type, string features) =>
        IdentityServices.Any(folder => IsUnder(type, $"{features}.Identity.{folder}")) && !IsComponent(type);

    private static bool IsComponent(Type type) => type.IsAssignableTo(typeof(IComponent));

    private static bool IsUnder(Type type, string root) =>
        type.Namespace is { } name && (name == root || name.StartsWith(root + ".", StringComparison.Ordinal));

    /// <summary>The first part of a type's namespace below the first matching root, or null.</summary>
    private static string? ModuleOf(Type type, params string[] roots) =>
        Array.Find(roots, root => type.Namespace?.StartsWith(root + ".", StringComparison.Ordinal) == true) is { } root
            ? type.Namespace![(root.Length + 1)..].Split('.')[0]
            : null;
}
