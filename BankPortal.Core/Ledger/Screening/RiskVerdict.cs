namespace BankPortal.Core.Ledger.Screening;

/// <summary>
/// What the assessment of a transfer came to, as it is kept with the transfer for ever. With the facts and the version of
/// the rule set, every rule's "fired" or "did not, because" can be worked out again at any time.
/// </summary>
/// <param name="Outcome">What it led to.</param>
/// <param name="Score">The sum of the scores of the rules that fired.</param>
/// <param name="RuleSet">The version of the rule set that decided; 0 where none was asked.</param>
/// <param name="Fired">The ids of the rules that fired, the heaviest first.</param>
/// <param name="Facts">The facts it rests on, in the form of the room that assessed.</param>
public sealed record RiskVerdict(RiskOutcome Outcome, int Score, int RuleSet, ImmutableArray<string> Fired, ReadOnlyMemory<byte> Facts)
{
    /// <summary>What a rule set on trial would have made of it, if there was one. Without effect.</summary>
    public ShadowVerdict? Shadow { get; init; }

    /// <summary>How long the transfer waited for it, beyond the ledger's own reading.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Whether somebody should look at the transfer.</summary>
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

/// <summary>What a rule set that runs beside the live one would have made of a transfer.</summary>
/// <param name="RuleSet">Its version.</param>
/// <param name="Outcome">What it would have led to.</param>
/// <param name="Score">Its score.</param>
public sealed record ShadowVerdict(int RuleSet, RiskOutcome Outcome, int Score);
