using Amazon.DynamoDBv2;
using BankPortal.Infrastructure.Ledger.Posting;

namespace BankPortal.Infrastructure.Ledger;

/// <summary>The tables of the room Ledger.</summary>
public static class LedgerTables
{
    /// <summary>Finds the transfers that wait for a decision; only those carry its key, so it stays small.</summary>
    public const string StatusIndex = "StatusIndex";

    /// <summary>
    /// Transfers by day and shard, in the order of their last change: what a node tails to see what others commit, and what
    /// a period is replayed from. Transfers rather than entries, because those that are held or refused have no entries.
    /// </summary>
    public const string FeedIndex = "FeedIndex";

    /// <summary>Finds the transfers the fraud desk has yet to take note of; only those carry its key.</summary>
    public const string AlertIndex = "AlertIndex";

    /// <summary>Over how many partitions a day of the feed is spread.</summary>
    public const int FeedShards = 4;

    /// <summary>
    /// Entries, by account and time of posting. The bank's internal accounts are spread over shards
    /// (<c>gl-cash-USD#07</c>). Append-only. The legs of a transfer are found by the transfer's row, which names both
    /// accounts, the time and the numbers: no index is needed.
    /// </summary>
    public static TableSpec Entries { get; } = new("BankingTransactions", KeySpec.S("account_id"), KeySpec.S("entry_key"));

    /// <summary>Transfers; the row is the idempotency guard.</summary>
    public static TableSpec Transfers { get; } = new("BankingTransfers", KeySpec.S("transfer_id"))
    {
        Indexes =
        [
            new IndexSpec(AlertIndex, KeySpec.S(LedgerItems.AlertKey), KeySpec.S("created_at"), ProjectionType.KEYS_ONLY),
            new IndexSpec(FeedIndex, KeySpec.S(LedgerItems.FeedKey), KeySpec.S(LedgerItems.FeedAt), ProjectionType.ALL),
            new IndexSpec(StatusIndex, KeySpec.S("open_status"), KeySpec.S("created_at"), ProjectionType.ALL),
        ],
    };

    /// <summary>Whom a customer has paid (<c>{account}</c>), and how often numbers were looked up (<c>lookups#{hour}</c>, expiring).</summary>
    public static TableSpec Payees { get; } = new("BankingPayees", KeySpec.S("user_id"), KeySpec.S("payee_key"))
    {
        TtlAttribute = "expires_at",
    };

    /// <summary>
    /// Going over the books: <c>state</c>, a <c>checkpoint#{account}</c> for each account, and the differences that are
    /// <c>open</c> or <c>gone</c> (these expiring).
    /// </summary>
    public static TableSpec Reconciliation { get; } = new("BankingReconciliation", KeySpec.S("part"), KeySpec.S("item"))
    {
        TtlAttribute = "expires_at",
    };

    /// <summary>All of them.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Entries, Transfers, Payees, Reconciliation];
}
