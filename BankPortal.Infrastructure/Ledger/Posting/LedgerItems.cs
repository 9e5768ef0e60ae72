using System.Buffers.Text;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Ledger.Posting;

/// <summary>Converts transfers and entries to and from DynamoDB items. Free text is encrypted in one attribute per item.
/// Thread-safe.</summary>
public sealed class LedgerItems(IFieldProtector protector)
{
    /// <summary>The attribute of a reversed transfer with the id of its reversal.</summary>
    internal const string ReversedBy = "reversed_by_id";

    /// <summary>The value that puts a held transfer into the index of held transfers.</summary>
    internal const string OpenHeld = "held";

    /// <summary>The partition key attribute of the feed index: day and shard.</summary>
    internal const string FeedKey = "feed_key";

    /// <summary>The sort key attribute of the feed index: when the transfer last changed.</summary>
    internal const string FeedAt = "feed_at";

    /// <summary>The attribute that puts a transfer into the alert outbox.</summary>
    internal const string AlertKey = "alert_key";

    /// <summary>The value of <see cref="AlertKey"/>.</summary>
    internal const string AlertPending = "pending";

    private const string TransferText = "ledger.transfer";
    private const string EntryText = "ledger.entry";
    private const string ReasonText = "ledger.reason";

    // Cannot occur in text that people type, because TextInput.Clean removes control characters.
    private const char Separator = '\u001f';

    /// <summary>
    /// Returns the sort key of an entry: the posting time, then the sequence number with leading zeros, or the transfer id for general
    /// ledger accounts. Sorts like <see cref="EntryPosition"/>.
    /// </summary>
    public static string KeyOf(Entry entry) => entry.Sequence == 0
        ? KeyOf(entry.PostedAt, entry.TransferId)
        : KeyOf(entry.Position);

    /// <summary>Returns the sort key of an entry of a general ledger account.</summary>
    public static string KeyOf(DateTimeOffset postedAt, string transferId) => Attr.FormatTime(postedAt) + "#" + transferId;

    /// <summary>Returns the sort key of an entry of a customer account.</summary>
    public static string KeyOf(EntryPosition position) =>
        string.Create(CultureInfo.InvariantCulture, $"{Attr.FormatTime(position.PostedAt)}#{position.Sequence:D12}");

    /// <summary>Converts a transfer to an item.</summary>
    public Dictionary<string, AttributeValue> ToItem(Transfer transfer) => new ItemWriter()
        .Set("transfer_id", transfer.Id)
        .Set<TransferKind>("kind", transfer.Kind)
        .Set<TransferStatus>("status", transfer.Status)
        .Set("open_status", transfer.Status == TransferStatus.Held ? OpenHeld : null)
        .Set("debit_account_id", transfer.DebitAccountId)
        .Set("credit_account_id", transfer.CreditAccountId)
        .Set("debit_owner_id", transfer.DebitOwnerId)
        .Set("credit_owner_id", transfer.CreditOwnerId)
        .Set("amount", transfer.Amount.MinorUnits)
        .Set("currency", transfer.Amount.Currency.Code)
        .Set("text", Protect(TransferText, transfer.Description, transfer.DebitLabel, transfer.CreditLabel))
        .Set("initiator_id", transfer.InitiatorId)
        .Set("content_hash", transfer.ContentHash)
        .Set("created_at", transfer.CreatedAt)
        .Set("posted_at", transfer.PostedAt)
        .Set("debit_seq", transfer.DebitSequence == 0 ? null : (long?)transfer.DebitSequence)
        .Set("credit_seq", transfer.CreditSequence == 0 ? null : (long?)transfer.CreditSequence)
        .Set("limit_use", transfer.LimitUse == 0 ? null : (long?)transfer.LimitUse)
        .Set("reverses_id", transfer.ReversesId)
        .Set(ReversedBy, transfer.ReversedById)
        .Set("overdrawn", transfer.Overdrawn == 0 ? null : (long?)transfer.Overdrawn)
        .Set("settled_by", transfer.SettledBy)
        .Set("settled_at", transfer.SettledAt)
        .Set("settled_reason", transfer.Reason is { } reason ? protector.Protect(ReasonText, reason) : null)
        .Set(FeedKey, FeedKeyOf(transfer.ChangedAt, FeedShardOf(transfer.Id)))
        .Set(FeedAt, transfer.ChangedAt)
        .Set(AlertKey, transfer.IsAlertPending ? AlertPending : null)
        .Set("risk_outcome", transfer.Risk is { IsFlagged: true } flagged ? (RiskOutcome?)flagged.Outcome : null)
        .Set("risk_score", transfer.Risk is { Score: not 0 } scored ? (long?)scored.Score : null)
        .Set("risk_set", transfer.Risk is { RuleSet: not 0 } decided ? (long?)decided.RuleSet : null)
        .Set("risk_fired", transfer.Risk is { Fired.Length: > 0 } fired ? string.Join(',', fired.Fired) : null)
        .Set("risk_facts", transfer.Risk?.Facts.ToArray())
        .Set("risk_us", transfer.Risk is { RuleSet: not 0 } timed ? (long?)(timed.Took.Ticks / TimeSpan.TicksPerMicrosecond) : null)
        .Set("risk_shadow", transfer.Risk?.Shadow is { } shadow
            ? string.Create(CultureInfo.InvariantCulture, $"{shadow.RuleSet},{shadow.Outcome},{shadow.Score}")
            : null)
        .ToItem();

    /// <summary>Returns the partition of the feed index for changes at that time: the day (UTC) and a shard, such as
    /// <c>2026-11-20#3</c>.</summary>
    internal static string FeedKeyOf(DateTimeOffset changedAt, int shard) =>
        string.Create(CultureInfo.InvariantCulture, $"{changedAt.UtcDateTime:yyyy-MM-dd}#{shard}");

    /// <summary>Returns the feed shard of a transfer.</summary>
    internal static int FeedShardOf(string transferId) => transferId[^1] % LedgerTables.FeedShards;

    /// <summary>Converts an item to a transfer.</summary>
    public Transfer ToTransfer(IReadOnlyDictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        var text = Unprotect(TransferText, read, 3);
        return new Transfer
        {
            Id = read.String("transfer_id"),
            Kind = read.Enum<TransferKind>("kind"),
            Status = read.Enum<TransferStatus>("status"),
            DebitAccountId = read.String("debit_account_id"),
            CreditAccountId = read.String("credit_account_id"),
            DebitOwnerId = read.StringOrNull("debit_owner_id"),
            CreditOwnerId = read.StringOrNull("credit_owner_id"),
            Amount = new Money(read.Long("amount"), Currency.Of(read.String("currency"))),
            Description = text[0],
            DebitLabel = text[1],
            CreditLabel = text[2],
            InitiatorId = read.String("initiator_id"),
            ContentHash = read.String("content_hash"),
            CreatedAt = read.Time("created_at"),
            PostedAt = read.TimeOrNull("posted_at"),
            DebitSequence = read.LongOrNull("debit_seq") ?? 0,
            CreditSequence = read.LongOrNull("credit_seq") ?? 0,
            LimitUse = read.LongOrNull("limit_use") ?? 0,
            ReversesId = read.StringOrNull("reverses_id"),
            ReversedById = read.StringOrNull(ReversedBy),
            Overdrawn = read.LongOrNull("overdrawn") ?? 0,
            SettledBy = read.StringOrNull("settled_by"),
            SettledAt = read.TimeOrNull("settled_at"),
            Reason = read.StringOrNull("settled_reason") is { } reason ? protector.Unprotect(ReasonText, reason) : null,
            IsAlertPending = read.StringOrNull(AlertKey) is not null,
            Risk = RiskOf(read),
        };
    }

    /// <summary>Converts an entry to an item.</summary>
    public Dictionary<string, AttributeValue> ToItem(Entry entry) => new ItemWriter()
        .Set("account_id", entry.AccountId)
        .Set("entry_key", KeyOf(entry))
        .Set("seq", entry.Sequence)
        .Set("posted_at", entry.PostedAt)
        .Set("amount", entry.Amount.MinorUnits)
        .Set("currency", entry.Amount.Currency.Code)
        .Set("balance_after", entry.Sequence == 0 ? null : (long?)entry.BalanceAfter.MinorUnits)
        .Set("transfer_id", entry.TransferId)
        .Set<TransferKind>("kind", entry.Kind)
        .Set("own_transfer", entry.IsOwnTransfer ? true : null)
        .Set("text", Protect(EntryText, entry.Description, entry.Counterparty))
        .Set("previous_hash", entry.PreviousHash.IsEmpty ? null : entry.PreviousHash.ToArray())
        .Set("hash", entry.Hash.ToArray())
        .ToItem();

    /// <summary>Converts an item to an entry.</summary>
    public Entry ToEntry(IReadOnlyDictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        var currency = Currency.Of(read.String("currency"));
        var text = Unprotect(EntryText, read, 2);
        return new Entry
        {
            AccountId = read.String("account_id"),
            Sequence = read.Long("seq"),
            PostedAt = read.Time("posted_at"),
            Amount = new Money(read.Long("amount"), currency),
            BalanceAfter = new Money(read.LongOrNull("balance_after") ?? 0, currency),
            TransferId = read.String("transfer_id"),
            Kind = read.Enum<TransferKind>("kind"),
            IsOwnTransfer = read.BoolOrNull("own_transfer") ?? false,
            Description = text[0],
            Counterparty = text[1],
            PreviousHash = read.BytesOrNull("previous_hash"),
            Hash = read.Bytes("hash"),
        };
    }

    private static RiskVerdict? RiskOf(ItemReader read) => read.BytesOrNull("risk_facts") is { } facts
        ? new RiskVerdict(
            read.EnumOrNull<RiskOutcome>("risk_outcome") ?? RiskOutcome.Allow,
            (int)(read.LongOrNull("risk_score") ?? 0),
            (int)(read.LongOrNull("risk_set") ?? 0),
            read.StringOrNull("risk_fired") is { } fired ? [.. fired.Split(',')] : [],
            facts)
        {
            Took = TimeSpan.FromMicroseconds(read.LongOrNull("risk_us") ?? 0),
            Shadow = read.StringOrNull("risk_shadow")?.Split(',') is [var set, var outcome, var score]
                ? new ShadowVerdict(
                    int.Parse(set, CultureInfo.InvariantCulture),
                    Enum.Parse<RiskOutcome>(outcome),
                    int.Parse(score, CultureInfo.InvariantCulture))
                : null,
        }
        : null;

    // Stored as bytes: text would be a third longer, and every byte is stored for good.
    private byte[] Protect(string purpose, params ReadOnlySpan<string> parts) =>
        Base64Url.DecodeFromChars(protector.Protect(purpose, string.Join(Separator, parts)));

    private string[] Unprotect(string purpose, ItemReader read, int parts)
    {
        // Older rows store text.
        var text = read.IsBytes("text") ? Base64Url.EncodeToString(read.Bytes("text")) : read.String("text");
        var plain = protector.Unprotect(purpose, text).Split(Separator);
        return plain.Length == parts ? plain : throw new InvalidDataException("The stored text has an unexpected form.");
    }
}
