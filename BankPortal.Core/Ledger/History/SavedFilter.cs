using System.Text.Json.Serialization;

namespace BankPortal.Core.Ledger.History;

/// <summary>A filter of the history that a customer saved under a name.</summary>
/// <param name="Id">The id within the list.</param>
/// <param name="Name">The customer's name for it.</param>
/// <param name="Query">The filters as they stand in the history's address, beginning with a question mark.</param>
public sealed record SavedFilter(string Id, string Name, string Query);

/// <summary>A customer's saved filters: one small document.</summary>
public sealed record SavedFilters
{
    /// <summary>The most saved filters.</summary>
    public const int Most = 30;

    /// <summary>The version that is stored; zero when nothing is.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>The filters by name.</summary>
    public ImmutableArray<SavedFilter> All { get; init; } = [];
}
