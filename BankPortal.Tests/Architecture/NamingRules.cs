using System.Runtime.CompilerServices;

namespace BankPortal.Tests.Architecture;

/// <summary>The rules for names, as questions to types. Each answer lists what breaks the rule.</summary>
internal static partial class NamingRules
{
    /// <summary>Words that the glossary replaces: module, dependency, text, error, queue, reason and others.</summary>
    private static readonly string[] Banned =
        ["Room", "Rooms", "Arrow", "Arrows", "Words", "Mistake", "Mistakes", "Lane", "Lanes", "Said", "Told", "Books", "Act", "Acts"];

    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Business refusals whose name does not end in <c>Error</c>.</summary>
    public static IReadOnlyList<string> ErrorsWithoutSuffix(IEnumerable<Type> types) =>
        Names(types.Where(type => type.IsSubclassOf(typeof(Error)) && !type.Name.EndsWith("Error", StringComparison.Ordinal)));

    /// <summary>Types called <c>…Service</c> that are static, or neither a class nor an interface.</summary>
    public static IReadOnlyList<string> ServicesThatAreNoClass(IEnumerable<Type> types) =>
        Names(types.Where(type => type.Name.EndsWith("Service", StringComparison.Ordinal)
            && type is not { IsClass: true, IsAbstract: false } and not { IsInterface: true }));

    /// <summary>
    /// Types called <c>…Options</c> with a <c>Section</c> of the configuration, or with a rules class by their name, that nothing
    /// among <paramref name="types"/> validates.
    /// </summary>
    public static IReadOnlyList<string> OptionsWithoutValidator(IReadOnlyCollection<Type> types, IEnumerable<string> exceptions)
    {
        var validated = types
            .SelectMany(type => type.GetInterfaces())
            .Where(contract => contract is { IsGenericType: true, GenericTypeArguments.Length: 1 })
            .Where(contract => contract.Name.StartsWith("IValidateOptions", StringComparison.Ordinal)
                || contract.Name.StartsWith("IOptionsValidator", StringComparison.Ordinal))
            .Select(contract => contract.GenericTypeArguments[0])
            .ToHashSet();
        return Names(types.Where(type => type is { IsClass: true, IsAbstract: false, IsGenericType: false }
            && type.Name.EndsWith("Options", StringComparison.Ordinal)
            && !validated.Contains(type)
            && !exceptions.Contains(type.Name, StringComparer.Ordinal)));
    }

    /// <summary>Methods that return a task or an asynchronous sequence and whose name does not end in <c>Async</c>.</summary>
    /// <remarks>Left out are names that others chose: overrides, and implementations of interfaces from outside.</remarks>
    public static IReadOnlyList<string> AsyncMethodsWithoutSuffix(IEnumerable<Type> types) =>
        [.. types
            .Where(type => !IsGenerated(type) && !type.IsSubclassOf(typeof(Delegate)))
            .SelectMany(type => type.GetMethods(Declared)
                .Where(method => IsAsynchronous(method.ReturnType)
                    && !method.Name.EndsWith("Async", StringComparison.Ordinal)
                    && !IsGenerated(method) && !method.IsSpecialName
                    && !method.Name.Contains('<', StringComparison.Ordinal)
                    && !method.Name.Contains('.', StringComparison.Ordinal)
                    && method.GetBaseDefinition().DeclaringType == type
                    && !ImplementsForeignInterface(type, method))
                .Select(method => $"{type.FullName}.{method.Name}"))
            .Order(StringComparer.Ordinal)];

    /// <summary>Interfaces whose name does not start with I and a capital.</summary>
    public static IReadOnlyList<string> InterfacesWithoutPrefix(IEnumerable<Type> types) =>
        Names(types.Where(type => type.IsInterface && type.Name is not ['I', >= 'A' and <= 'Z', ..]));

    /// <summary>Types whose name, or a part of whose namespace, has one of the banned words.</summary>
    public static IReadOnlyList<string> TypesWithBannedWords(IEnumerable<Type> types) =>
        Names(types.Where(type => !IsGenerated(type)
            && Words().Matches(type.FullName!).Any(word => Banned.Contains(word.Value, StringComparer.Ordinal))));

    private static bool IsAsynchronous(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType
            && type.GetGenericTypeDefinition() is var open
            && (open == typeof(Task<>) || open == typeof(ValueTask<>) || open == typeof(IAsyncEnumerable<>)));

    private static bool ImplementsForeignInterface(Type type, MethodInfo method) =>
        !type.IsInterface && type.GetInterfaces()
            .Where(contract => contract.Namespace?.StartsWith("BankPortal", StringComparison.Ordinal) != true)
            .Any(contract => type.GetInterfaceMap(contract).TargetMethods.Contains(method));

    private static bool IsGenerated(MemberInfo member) =>
        member.Name.Contains('<', StringComparison.Ordinal)
        || member.IsDefined(typeof(CompilerGeneratedAttribute))
        || (member.DeclaringType is { } outer && IsGenerated(outer));

    private static IReadOnlyList<string> Names(IEnumerable<Type> types) =>
        [.. types.Select(type => type.FullName!).Order(StringComparer.Ordinal)];

    [GeneratedRegex("[A-Z][a-z]+", RegexOptions.None, 5000)]
    private static partial Regex Words();
}
