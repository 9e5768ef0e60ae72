namespace BankPortal.Core.Ledger.Screening;

/// <summary>
/// The result of the assessment of a transfer, stored with it for ever. From the facts and the version of the rule set,
/// the outcome of every rule, and why, can be computed again at any time.
/// </summary>
/// <param name="Outcome">What it led to.</param>
/// <param name="Score">The sum of the scores of the rules that fired.</param>
/// <param name="RuleSet">The version of the rule set that decided; 0 where none was asked.</param>
/// <param name="Fired">The ids of the rules that fired, the heaviest first.</param>
/// <param name="Facts">The facts it rests on, in the format of the module that assessed it.</param>
public sealed record RiskVerdict(RiskOutcome Outcome, int Score, int RuleSet, ImmutableArray<string> Fired, ReadOnlyMemory<byte> Facts)
{
    /// <summary>What the rule set in shadow would have decided, if there was one. Without effect.</summary>
    public ShadowVerdict? Shadow { get; init; }

    /// <summary>How long the transfer waited for it, beyond the ledger's own reading.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Whether the fraud desk should look at the transfer.</summary>
    public bool IsFlagged => Outcome != RiskOutcome.Allow;
}

/// <summary>What the assessment of a transfer leads to, from mild to severe. Stored by name: members may be added, never renamed.</summary>
public enum RiskOutcome
{
    /// <summary>The transfer is posted.</summary>
    Allow,

    /// <summary>The transfer is posted and shown to the fraud desk.</summary>
    Alert,

    /// <summary>The funds are reserved until an analyst decides.</summary>
    Hold,

    /// <summary>The transfer is refused.</summary>
    Block,
}

/// <summary>What the rule set in shadow would have decided on a transfer.</summary>
/// <param name="RuleSet">Its version.</param>
/// <param name="Outcome">What it would have led to.</param>
/// <param name="Score">Its score.</param>
public sealed record ShadowVerdict(int RuleSet, RiskOutcome Outcome, int Score);
