namespace BankPortal.Core.Ledger.Transfers;

/// <summary>
/// A movement of money from one account to another, as it was asked for and what became of it. Its row is also the guard
/// that makes one idempotency key have one effect: the id is derived from who asked and the key.
/// </summary>
public sealed record Transfer
{
    /// <summary>Identifies it for ever, and is the reference on receipts.</summary>
    public required string Id { get; init; }

    /// <summary>Why money moves.</summary>
    public required TransferKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required TransferStatus Status { get; init; }

    /// <summary>The account that is debited.</summary>
    public required string DebitAccountId { get; init; }

    /// <summary>The account that is credited.</summary>
    public required string CreditAccountId { get; init; }

    /// <summary>Owner of the debited account; <see langword="null"/> when it is internal.</summary>
    public string? DebitOwnerId { get; init; }

    /// <summary>Owner of the credited account; <see langword="null"/> when it is internal.</summary>
    public string? CreditOwnerId { get; init; }

    /// <summary>How much; always positive.</summary>
    public required Money Amount { get; init; }

    /// <summary>What the person wrote; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>Who is credited, as the debited side may see it.</summary>
    public required string CreditLabel { get; init; }

    /// <summary>Who is debited, as the credited side may see it.</summary>
    public required string DebitLabel { get; init; }

    /// <summary>The user who asked for it.</summary>
    public required string InitiatorId { get; init; }

    /// <summary>A digest of what was asked, to refuse the same key with another content.</summary>
    public required string ContentHash { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the entries were posted; <see langword="null"/> while held and when rejected.</summary>
    public DateTimeOffset? PostedAt { get; init; }

    /// <summary>The number of the entry in the debited account; 0 when internal or not posted.</summary>
    public long DebitSequence { get; init; }

    /// <summary>The number of the entry in the credited account; 0 when internal or not posted.</summary>
    public long CreditSequence { get; init; }

    /// <summary>How much of the debited account's daily limit it used.</summary>
    public long LimitUse { get; init; }

    /// <summary>The transfer that this one reverses, if it is a reversal.</summary>
    public string? ReversesId { get; init; }

    /// <summary>The transfer that reversed this one. The only thing that is ever added to a posted transfer.</summary>
    public string? ReversedById { get; init; }

    /// <summary>
    /// By how much a reversal went beyond what could be spent, in minor units, because a staff member allowed it; 0 for all
    /// others.
    /// </summary>
    public long Overdrawn { get; init; }

    /// <summary>Who settled a held transfer.</summary>
    public string? SettledBy { get; init; }

    /// <summary>When a held transfer was settled.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Why it was released, rejected or reversed. For staff; customers never see it.</summary>
    public string? Reason { get; init; }

    /// <summary>What its assessment came to; <see langword="null"/> for bookings that are not assessed.</summary>
    public RiskVerdict? Risk { get; init; }

    /// <summary>
    /// Whether the fraud desk has yet to take note of what became of it. Written in the same commit, so that no alert is lost
    /// however the process ends; the desk takes it away.
    /// </summary>
    public bool IsAlertPending { get; init; }

    /// <summary>When it last changed: settled if it was held, otherwise asked for. The live feed is in this order.</summary>
    public DateTimeOffset ChangedAt => SettledAt ?? CreatedAt;

    /// <summary>The reference in groups of five, as receipts show it.</summary>
    public string Reference => string.Join('-', Id.Chunk(5).Select(group => new string(group)));

    /// <summary>Whether both accounts belong to the same customer.</summary>
    public bool IsBetweenOwnAccounts => DebitOwnerId is not null && DebitOwnerId == CreditOwnerId;

    /// <summary>Whether the entry is this transfer's leg on its side: account, number, amount, time and kind.</summary>
    public bool HasLeg(Entry entry)
    {
        var (accountId, sequence) = entry.Amount.IsNegative ? (DebitAccountId, DebitSequence) : (CreditAccountId, CreditSequence);
        return entry.TransferId == Id
            && entry.AccountId == GeneralLedger.PartitionOf(accountId, Id)
            && entry.Sequence == sequence
            && entry.Amount.Abs() == Amount
            && entry.PostedAt == PostedAt
            && entry.Kind == Kind;
    }

    /// <summary>
    /// The people whom a decision on this transfer concerns: both parties and whoever asked for it. Staff who reverse a transfer act for
    /// the bank and not for themselves.
    /// </summary>
    public ImmutableArray<Involved> Involved =>
    [
        new(DebitOwnerId, InvolvedAs.Party),
        new(CreditOwnerId, InvolvedAs.Party),
        new(ReversesId is null ? InitiatorId : null, InvolvedAs.Initiator),
    ];

    /// <summary>Whether the user owns either side.</summary>
    public bool Concerns(string userId) => userId == DebitOwnerId || userId == CreditOwnerId;
}

/// <summary>Where a transfer stands. Stored by name.</summary>
public enum TransferStatus
{
    /// <summary>Funds are reserved on the debited account; nothing is posted yet.</summary>
    Held,

    /// <summary>Posted: the entries exist. Final.</summary>
    Posted,

    /// <summary>Was held and has been voided; the reserved funds are free again. Final.</summary>
    Rejected,

    /// <summary>Refused by its assessment: nothing was moved or reserved. The row is kept as the record of the attempt. Final.</summary>
    Blocked,
}
