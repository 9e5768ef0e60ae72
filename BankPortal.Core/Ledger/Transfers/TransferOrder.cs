namespace BankPortal.Core.Ledger.Transfers;

/// <summary>What the ledger is asked to do. Everything in it was made on the server.</summary>
public sealed record TransferOrder
{
    /// <summary>Who asks. A customer may debit only own accounts, and pay cash only into own accounts.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Names this order among the actor's; one key has one effect, for ever.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>Why money moves.</summary>
    public required TransferKind Kind { get; init; }

    /// <summary>The account to debit.</summary>
    public required string DebitAccountId { get; init; }

    /// <summary>The account to credit.</summary>
    public required string CreditAccountId { get; init; }

    /// <summary>How much; must be positive.</summary>
    public required Money Amount { get; init; }

    /// <summary>What the person wrote; cleaned, <see cref="LedgerRules.MaxDescriptionLength"/> characters at most.</summary>
    public string Description { get; init; } = "";

    /// <summary>Name of the credited party, as the debited side may see it; the account's label where it is the actor's own.</summary>
    public string? CreditName { get; init; }

    /// <summary>Name of the debited party, as the credited side may see it.</summary>
    public string? DebitName { get; init; }

    /// <summary>Reserve the funds and wait for a decision, instead of posting.</summary>
    public bool Hold { get; init; }

    /// <summary>The person was asked about a likely duplicate and wants it.</summary>
    public bool DuplicateConfirmed { get; init; }

    /// <summary>
    /// Whether the debited account may go below zero within its agreed overdraft; a fee of the bank never takes it there.
    /// </summary>
    public bool MayUseOverdraft { get; init; } = true;

    /// <summary>
    /// The time it happened, for imports by the bank itself; refused when earlier than the last entry of either account.
    /// </summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>For imports: <see cref="At"/> may not be earlier than this, because the days before are closed.</summary>
    public DateTimeOffset? ClosedBefore { get; init; }

    /// <summary>The transfer's id, derived from actor and key.</summary>
    public string TransferId => IdOf(Actor.UserId, IdempotencyKey);

    /// <summary>A digest of what is asked for; two orders under one key must agree in it.</summary>
    public string ContentHash => DerivedId.From(
        Kind.ToString(),
        DebitAccountId,
        CreditAccountId,
        Amount.MinorUnits.ToString(CultureInfo.InvariantCulture),
        Amount.Currency.Code,
        Description);

    /// <summary>The id of the transfer that a user's key stands for.</summary>
    public static string IdOf(string userId, string idempotencyKey) => DerivedId.From("transfer", userId, idempotencyKey);
}
