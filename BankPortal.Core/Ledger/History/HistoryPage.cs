namespace BankPortal.Core.Ledger.History;

/// <summary>A page of a customer's history.</summary>
/// <param name="Lines">The lines, in the order that was asked for.</param>
/// <param name="Previous">Cursor of the page before this one; <see langword="null"/> at the start.</param>
/// <param name="Next">Cursor of the page behind this one; <see langword="null"/> at the end.</param>
/// <param name="SearchedTo">
/// Set when the search stopped at this time of posting because it had looked at as many entries as one page may cost:
/// what lies beyond has not been looked at yet, and the cursor goes on from there.
/// </param>
public sealed record HistoryPage(ImmutableArray<HistoryLine> Lines, string? Previous, string? Next, DateTimeOffset? SearchedTo)
{
    /// <summary>What the whole list adds up to, if the page has all of it; otherwise <see cref="HistoryService.TotalAsync"/> counts.</summary>
    public HistoryTotals? Totals { get; init; }

    /// <summary>The customer's categories, ids and names, if the filter asked for one; otherwise they were not read.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Categories { get; init; } = [];
}

/// <summary>A page with the customer's accounts.</summary>
/// <param name="Accounts">The accounts.</param>
/// <param name="Page">The page, or why there is none; <see langword="null"/> when none was asked for.</param>
public sealed record HistoryView(ImmutableArray<Account> Accounts, Result<HistoryPage>? Page);

/// <summary>An entry together with the account it is in.</summary>
/// <param name="Account">The customer's account.</param>
/// <param name="Entry">The entry.</param>
public sealed record HistoryLine(Account Account, Entry Entry);
