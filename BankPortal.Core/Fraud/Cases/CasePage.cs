namespace BankPortal.Core.Fraud.Cases;

/// <summary>A stretch of a queue: open cases by when they are due, closed ones the latest first.</summary>
/// <param name="Cases">The cases.</param>
/// <param name="Next">Where the next stretch begins; <see langword="null"/> when there is none.</param>
public sealed record CasePage(ImmutableArray<Case> Cases, string? Next)
{
    private const int LongestPlace = 64;

    /// <summary>The place that an address names, or <see langword="null"/> for the beginning when it cannot be one.</summary>
    public static string? PlaceOf(string? text) => string.IsNullOrWhiteSpace(text) || text.Length > LongestPlace ? null : text;
}

/// <summary>A case in a queue.</summary>
/// <param name="Case">The case.</param>
/// <param name="CustomerName">The customer's name.</param>
/// <param name="AssigneeName">The name of whoever works on it.</param>
public sealed record CaseLine(Case Case, string? CustomerName, string? AssigneeName);
