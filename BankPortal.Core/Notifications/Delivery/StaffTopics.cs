namespace BankPortal.Core.Notifications.Delivery;

/// <summary>The recipients that are no person: the topics of staff roles.</summary>
public static class StaffTopics
{
    private const string Prefix = "topic:";

    /// <summary>The recipient for what analysts are told.</summary>
    public const string Fraud = Prefix + "fraud";

    /// <summary>The recipient for what compliance officers are told.</summary>
    public const string Compliance = Prefix + "compliance";

    /// <summary>The recipient for what those who operate the portal are told.</summary>
    public const string Operations = Prefix + "operations";

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = [Fraud, Compliance, Operations];

    /// <summary>Whether a recipient is a topic.</summary>
    public static bool IsTopic(string recipientId) => All.Contains(recipientId, StringComparer.Ordinal);

    /// <summary>The topic's name, such as <c>fraud</c>.</summary>
    public static string NameOf(string recipientId)
    {
        ArgumentNullException.ThrowIfNull(recipientId);
        return recipientId[Prefix.Length..];
    }

    /// <summary>The topic for those who have a role; <see langword="null"/> when there is none.</summary>
    public static string? OfRole(string role) => role switch
    {
        BankRoles.Analyst => Fraud,
        BankRoles.Compliance => Compliance,
        BankRoles.Admin => Operations,
        _ => null,
    };
}
