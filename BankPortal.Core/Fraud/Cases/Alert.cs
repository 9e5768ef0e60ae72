using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>A transfer the desk was told of, with what became of it and the cases it is in. Follows the transfer; the ledger is the truth.</summary>
public sealed record Alert
{
    /// <summary>The transfer.</summary>
    public required string TransferId { get; init; }

    /// <summary>When the transfer was asked for.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the transfer last changed, as far as is known here. An older view of it never replaces a newer one.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Why money was to move.</summary>
    public required TransferKind Kind { get; init; }

    /// <summary>How much.</summary>
    public required Money Amount { get; init; }

    /// <summary>The customer whose money it is, or who paid it in.</summary>
    public required string CustomerId { get; init; }

    /// <summary>The customer who receives it, if that is another one.</summary>
    public string? PayeeId { get; init; }

    /// <summary>Where the transfer stands.</summary>
    public required TransferStatus Status { get; init; }

    /// <summary>What its assessment came to.</summary>
    public required RiskOutcome Outcome { get; init; }

    /// <summary>The score of its assessment.</summary>
    public int Score { get; init; }

    /// <summary>The version of the rule set that decided.</summary>
    public int RuleSet { get; init; }

    /// <summary>The rules that fired, the heaviest first; none when a person brought it up.</summary>
    public ImmutableArray<string> Fired { get; init; } = [];

    /// <summary>The cases it is in, by kind and by side.</summary>
    public ImmutableDictionary<(CaseKind Kind, CaseSide Side), string> Cases { get; init; } = ImmutableDictionary<(CaseKind Kind, CaseSide Side), string>.Empty;

    /// <summary>The alert that a transfer makes now.</summary>
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
