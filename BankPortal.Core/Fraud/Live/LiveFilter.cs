namespace BankPortal.Core.Fraud.Live;

/// <summary>Filters the transfers on the live monitor.</summary>
public sealed record LiveFilter
{
    /// <summary>The outcomes of screening; all when empty. A transfer without screening counts as allowed.</summary>
    public ImmutableArray<RiskOutcome> Outcomes { get; init; } = [];

    /// <summary>The smallest amount, in major units of the transfer's currency.</summary>
    public decimal? MinAmount { get; init; }

    /// <summary>The id of a rule that fired.</summary>
    public string? RuleId { get; init; }

    /// <summary>The id of an account on either side.</summary>
    public string? AccountId { get; init; }

    /// <summary>Whether every transfer matches.</summary>
    public bool IsEmpty => Outcomes.IsEmpty && MinAmount is null && RuleId is null && AccountId is null;

    /// <summary>Returns whether the transfer matches.</summary>
    public bool Matches(Transfer transfer) =>
        (Outcomes.IsEmpty || Outcomes.Contains(transfer.Risk?.Outcome ?? RiskOutcome.Allow))
        && (MinAmount is not { } least || transfer.Amount.Amount >= least)
        && (RuleId is null || transfer.Risk is { Fired: var fired } && fired.Contains(RuleId, StringComparer.Ordinal))
        && (AccountId is null || transfer.DebitAccountId == AccountId || transfer.CreditAccountId == AccountId);
}
