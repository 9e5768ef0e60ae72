namespace BankPortal.Core.Fraud.Cases;

/// <summary>One page of a queue: open cases by due time, closed ones newest first.</summary>
/// <param name="Cases">The cases.</param>
/// <param name="Next">The cursor of the next page; <see langword="null"/> on the last page.</param>
public sealed record CasePage(ImmutableArray<Case> Cases, string? Next)
{
    private const int LongestPlace = 64;

    /// <summary>Returns the cursor in a URL; <see langword="null"/>, for the first page, when it cannot be one.</summary>
    public static string? PlaceOf(string? text) => string.IsNullOrWhiteSpace(text) || text.Length > LongestPlace ? null : text;
}

/// <summary>A case with what a queue shows about it.</summary>
/// <param name="Case">The case.</param>
/// <param name="CustomerName">The customer's name.</param>
/// <param name="AssigneeName">The name of the person who works on it.</param>
public sealed record CaseLine(Case Case, string? CustomerName, string? AssigneeName);
