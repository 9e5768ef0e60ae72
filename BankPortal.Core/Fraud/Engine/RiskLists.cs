namespace BankPortal.Core.Fraud.Engine;

/// <summary>The names of the lists accounts and customers can be put on.</summary>
public static class RiskLists
{
    /// <summary>Nothing moves from or to them.</summary>
    public const string Blocked = "blocked";

    /// <summary>Being watched: what they move is held.</summary>
    public const string Watched = "watched";

    /// <summary>Known to be good.</summary>
    public const string Trusted = "trusted";

    /// <summary>Every list.</summary>
    public static IReadOnlyList<string> All { get; } = [Blocked, Watched, Trusted];
}
