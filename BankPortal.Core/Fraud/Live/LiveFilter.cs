namespace BankPortal.Core.Fraud.Live;

/// <summary>Which transfers somebody wants to see on the live monitor.</summary>
public sealed record LiveFilter
{
    /// <summary>The outcomes of the assessment; any if empty. What is not assessed counts as passed.</summary>
    public ImmutableArray<RiskOutcome> Outcomes { get; init; } = [];

    /// <summary>The least amount, in major units of the transfer's currency.</summary>
    public decimal? MinAmount { get; init; }

    /// <summary>A rule that fired.</summary>
    public string? RuleId { get; init; }

    /// <summary>An account on either side.</summary>
    public string? AccountId { get; init; }

    /// <summary>Whether it lets everything through.</summary>
    public bool IsEmpty => Outcomes.IsEmpty && MinAmount is null && RuleId is null && AccountId is null;

    /// <summary>Whether the transfer is wanted.</summary>
    public bool Matches(Transfer transfer) =>
        (Outcomes.IsEmpty || Outcomes.Contains(transfer.Risk?.Outcome ?? RiskOutcome.Allow))
        && (MinAmount is not { } least || transfer.Amount.Amount >= least)
        && (RuleId is null || transfer.Risk is { Fired: var fired } && fired.Contains(RuleId, StringComparer.Ordinal))
        && (AccountId is null || transfer.DebitAccountId == AccountId || transfer.CreditAccountId == AccountId);
}
