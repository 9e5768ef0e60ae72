namespace BankPortal.Web.Features.Ledger.History;

/// <summary>What the history shows, as it was read.</summary>
/// <param name="Query">The filters that were asked for.</param>
/// <param name="Cursor">The place that was asked for.</param>
/// <param name="View">The person's accounts, and the page of transactions unless the filters had errors.</param>
public sealed record HistoryListContent(HistoryQuery Query, string? Cursor, HistoryView View);
