namespace BankPortal.Core.Fraud.Engine;

/// <summary>
/// The rule sets this process decides with: the live one, and one on trial beside it if there is one. Reading costs
/// nothing and never waits; whoever keeps rule sets puts new ones in.
/// </summary>
public sealed class RulesInForce
{
    private volatile Sets _sets = new(new CompiledRuleSet(ShippedRules.Version1), null);

    /// <summary>The rule set that decides.</summary>
    public CompiledRuleSet Live => _sets.Live;

    /// <summary>The rule set on trial, which scores without effect; <see langword="null"/> when there is none.</summary>
    public CompiledRuleSet? Shadow => _sets.Shadow;

    /// <summary>Decides by these from now on. A set that is in force already is not compiled again.</summary>
    public void Use(RuleSet live, RuleSet? shadow)
    {
        var now = _sets;
        _sets = new Sets(
            IsSame(now.Live.Set, live) ? now.Live : new CompiledRuleSet(live),
            shadow is null ? null : now.Shadow is { } known && IsSame(known.Set, shadow) ? known : new CompiledRuleSet(shadow));
    }

    // By content too: a bank that has been running for long may keep another version 1 than the one shipped today.
    private static bool IsSame(RuleSet one, RuleSet other) =>
        one.Version == other.Version && one.Thresholds == other.Thresholds && one.Rules.AsSpan().SequenceEqual(other.Rules.AsSpan());

    private sealed record Sets(CompiledRuleSet Live, CompiledRuleSet? Shadow);
}
