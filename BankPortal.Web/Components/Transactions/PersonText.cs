namespace BankPortal.Web.Components.Transactions;

/// <summary>The names of people on screens of staff, where a name may be missing.</summary>
public static class PersonText
{
    /// <summary>The name of a customer who is not known, such as one of another data set.</summary>
    public const string UnknownCustomer = "Unknown customer";

    /// <summary>A user within a sentence: the name, "the bank" for the system user, or "an unknown user".</summary>
    public static string Name(string? userId, string? name) => userId == Actor.SystemUserId ? "the bank" : name ?? "an unknown user";

    /// <inheritdoc cref="Name(string?, string?)"/>
    public static string Name(string? userId, IReadOnlyDictionary<string, string> names) => Name(userId, Find(userId, names));

    /// <summary>A user at the start of a sentence: the name, "The bank" for the system user, or "An unknown user".</summary>
    public static string Subject(string? userId, string? name) => userId == Actor.SystemUserId ? "The bank" : name ?? "An unknown user";

    /// <inheritdoc cref="Subject(string?, string?)"/>
    public static string Subject(string? userId, IReadOnlyDictionary<string, string> names) => Subject(userId, Find(userId, names));

    private static string? Find(string? userId, IReadOnlyDictionary<string, string> names) =>
        userId is not null && names.TryGetValue(userId, out var name) ? name : null;
}
