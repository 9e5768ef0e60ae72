using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>A flagged transfer with its current status and the cases it is in. A copy that follows the transfer; the ledger is
/// authoritative.</summary>
public sealed record Alert
{
    /// <summary>The id of the transfer.</summary>
    public required string TransferId { get; init; }

    /// <summary>When the transfer was ordered.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the transfer last changed, as known here. An older state never replaces a newer one.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The kind of the transfer.</summary>
    public required TransferKind Kind { get; init; }

    /// <summary>The amount of the transfer.</summary>
    public required Money Amount { get; init; }

    /// <summary>The user id of the paying customer, or of the one who paid cash in.</summary>
    public required string CustomerId { get; init; }

    /// <summary>The user id of the receiving customer, if it is a different one.</summary>
    public string? PayeeId { get; init; }

    /// <summary>The status of the transfer.</summary>
    public required TransferStatus Status { get; init; }

    /// <summary>The outcome of screening.</summary>
    public required RiskOutcome Outcome { get; init; }

    /// <summary>The score of screening.</summary>
    public int Score { get; init; }

    /// <summary>The version of the rule set that decided.</summary>
    public int RuleSet { get; init; }

    /// <summary>The ids of the rules that fired, highest score first; empty when a person raised the alert.</summary>
    public ImmutableArray<string> Fired { get; init; } = [];

    /// <summary>The ids of the cases it is in, by kind and side.</summary>
    public ImmutableDictionary<(CaseKind Kind, CaseSide Side), string> Cases { get; init; } =
        ImmutableDictionary<(CaseKind Kind, CaseSide Side), string>.Empty;

    /// <summary>The people whom work on this alert concerns: the parties to the transfer.</summary>
    public ImmutableArray<Involved> Involved => [new(CustomerId, InvolvedAs.Party), new(PayeeId, InvolvedAs.Party)];

    /// <summary>Creates the alert for the current state of a transfer.</summary>
    public static Alert Of(Transfer transfer) => new()
    {
        TransferId = transfer.Id,
        At = transfer.CreatedAt,
        ChangedAt = transfer.ChangedAt,
        Kind = transfer.Kind,
        Amount = transfer.Amount,
        CustomerId = transfer.DebitOwnerId ?? transfer.CreditOwnerId ?? transfer.InitiatorId,
        PayeeId = transfer.DebitOwnerId is null || transfer.IsBetweenOwnAccounts ? null : transfer.CreditOwnerId,
        Status = transfer.Status,
        Outcome = transfer.Risk?.Outcome ?? RiskOutcome.Allow,
        Score = transfer.Risk?.Score ?? 0,
        RuleSet = transfer.Risk?.RuleSet ?? 0,
        Fired = transfer.Risk?.Fired ?? [],
    };
}
