namespace BankPortal.Web.Features.Ledger.History;

/// <summary>What the history shows, as it was read.</summary>
/// <param name="Query">The filters that were asked for.</param>
/// <param name="Cursor">The place that was asked for.</param>
/// <param name="Accounts">The person's accounts.</param>
/// <param name="Found">The page of transactions, or why there is none; <see langword="null"/> when the filters had errors.</param>
public sealed record HistoryListContent(HistoryQuery Query, string? Cursor, ImmutableArray<Account> Accounts, Result<HistoryPage>? Found)
{
    /// <summary>The person's categories, ids and names.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Categories { get; init; } = [];
}
