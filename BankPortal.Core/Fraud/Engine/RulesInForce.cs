namespace BankPortal.Core.Fraud.Engine;

/// <summary>
/// The rule sets this process decides with: the live one and, if there is one, the one in shadow. Reads are lock-free and never wait;
/// <c>RulesInForceRefresh</c> replaces the sets. Thread-safe.
/// </summary>
public sealed class RulesInForce
{
    private volatile Sets _sets = new(new CompiledRuleSet(ShippedRules.Version1), null);

    /// <summary>The live rule set, which decides.</summary>
    public CompiledRuleSet Live => _sets.Live;

    /// <summary>The rule set in shadow, which scores without effect; <see langword="null"/> when there is none.</summary>
    public CompiledRuleSet? Shadow => _sets.Shadow;

    /// <summary>Replaces the sets in force. A set that is already in force is not compiled again.</summary>
    public void Use(RuleSet live, RuleSet? shadow)
    {
        var now = _sets;
        _sets = new Sets(
            IsSame(now.Live.Set, live) ? now.Live : new CompiledRuleSet(live),
            shadow is null ? null : now.Shadow is { } known && IsSame(known.Set, shadow) ? known : new CompiledRuleSet(shadow));
    }

    // Compare by content too: a bank that has run for a long time may have another version 1 than the one shipped today.
    private static bool IsSame(RuleSet one, RuleSet other) =>
        one.Version == other.Version && one.Thresholds == other.Thresholds && one.Rules.AsSpan().SequenceEqual(other.Rules.AsSpan());

    private sealed record Sets(CompiledRuleSet Live, CompiledRuleSet? Shadow);
}
