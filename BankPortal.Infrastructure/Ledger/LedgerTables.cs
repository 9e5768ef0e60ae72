using Amazon.DynamoDBv2;
using BankPortal.Infrastructure.Ledger.Posting;

namespace BankPortal.Infrastructure.Ledger;

/// <summary>The tables of the Ledger module.</summary>
public static class LedgerTables
{
    /// <summary>The index of held transfers; only those have its key, so it stays small.</summary>
    public const string StatusIndex = "StatusIndex";

    /// <summary>
    /// The feed index: transfers by day and shard, ordered by last change. Nodes read it to see commits of other nodes, and back-tests to
    /// replay a period. It indexes transfers instead of entries, because held and refused transfers have no entries.
    /// </summary>
    public const string FeedIndex = "FeedIndex";

    /// <summary>The alert outbox: the index of transfers that wait to be processed as alerts; only those have its key.</summary>
    public const string AlertIndex = "AlertIndex";

    /// <summary>The number of partitions for each day of the feed.</summary>
    public const int FeedShards = 4;

    /// <summary>
    /// Entries by account and posting time. Append-only. General ledger accounts are spread over shards (<c>gl-cash-USD#07</c>). The
    /// entries of a transfer need no index: its row names both accounts, the time and the sequence numbers.
    /// </summary>
    public static TableSpec Entries { get; } = new("BankingTransactions", KeySpec.S("account_id"), KeySpec.S("entry_key"));

    /// <summary>Transfers. The row also ensures idempotency: its key is derived from the idempotency key.</summary>
    public static TableSpec Transfers { get; } = new("BankingTransfers", KeySpec.S("transfer_id"))
    {
        Indexes =
        [
            new IndexSpec(AlertIndex, KeySpec.S(LedgerItems.AlertKey), KeySpec.S("created_at"), ProjectionType.KEYS_ONLY),
            new IndexSpec(FeedIndex, KeySpec.S(LedgerItems.FeedKey), KeySpec.S(LedgerItems.FeedAt), ProjectionType.ALL),
            new IndexSpec(StatusIndex, KeySpec.S("open_status"), KeySpec.S("created_at"), ProjectionType.ALL),
        ],
    };

    /// <summary>The payees of a customer (<c>payee#{account}</c>) and the number of look-ups by hour (<c>lookups#{hour}</c>, which
    /// expire).</summary>
    public static TableSpec Payees { get; } = new("BankingPayees", KeySpec.S("user_id"), KeySpec.S("payee_key"))
    {
        TtlAttribute = "expires_at",
    };

    /// <summary>
    /// Reconciliation: the row <c>state</c>, a <c>checkpoint#{account}</c> for each account, and the differences, <c>open</c> or
    /// <c>gone</c> (the latter expire).
    /// </summary>
    public static TableSpec Reconciliation { get; } = new("BankingReconciliation", KeySpec.S("part"), KeySpec.S("item"))
    {
        TtlAttribute = "expires_at",
    };

    /// <summary>What customers keep for themselves, encrypted: notes on transactions (<c>note#{transfer}</c>) and saved filters of the
    /// history (<c>filters</c>).</summary>
    public static TableSpec CustomerNotes { get; } = new("BankingCustomerNotes", KeySpec.S("user_id"), KeySpec.S("note_key"));

    /// <summary>All tables of the module.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Entries, Transfers, Payees, Reconciliation, CustomerNotes];
}
