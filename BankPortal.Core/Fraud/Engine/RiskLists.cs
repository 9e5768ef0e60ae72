namespace BankPortal.Core.Fraud.Engine;

/// <summary>The names of the risk lists that accounts and customers can be put on.</summary>
public static class RiskLists
{
    /// <summary>Transfers from or to them are refused.</summary>
    public const string Blocked = "blocked";

    /// <summary>Watch list: their transfers are held.</summary>
    public const string Watched = "watched";

    /// <summary>Known to be harmless; lowers the score.</summary>
    public const string Trusted = "trusted";

    /// <summary>All lists.</summary>
    public static IReadOnlyList<string> All { get; } = [Blocked, Watched, Trusted];
}
