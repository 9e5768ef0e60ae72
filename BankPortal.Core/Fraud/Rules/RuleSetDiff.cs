using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>The differences between two rule sets. Rules are matched by id.</summary>
/// <param name="Added">Rules that only the new set has.</param>
/// <param name="Removed">Rules that only the old set has.</param>
/// <param name="Changed">Rules that both sets have in different form.</param>
/// <param name="OldThresholds">The old thresholds if they change; otherwise <see langword="null"/>.</param>
public sealed record RuleSetDiff(
    ImmutableArray<RiskRule> Added, ImmutableArray<RiskRule> Removed, ImmutableArray<RuleChange> Changed, RiskThresholds? OldThresholds)
{
    /// <summary>Whether there are no differences.</summary>
    public bool IsEmpty => Added.IsEmpty && Removed.IsEmpty && Changed.IsEmpty && OldThresholds is null;

    /// <summary>A short summary: "2 added, 1 changed, thresholds".</summary>
    public string Summary
    {
        get
        {
            var parts = new List<string>();
            Add(Added.Length, "added");
            Add(Removed.Length, "removed");
            Add(Changed.Length, "changed");
            if (OldThresholds is not null)
            {
                parts.Add("other thresholds");
            }

            return parts.Count == 0 ? "the same" : string.Join(", ", parts);

            void Add(int count, string what)
            {
                if (count > 0)
                {
                    parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what}"));
                }
            }
        }
    }

    /// <summary>Compares two rule sets.</summary>
    public static RuleSetDiff Of(RuleSet before, RuleSet after)
    {
        var old = before.Rules.ToDictionary(rule => rule.Id, StringComparer.Ordinal);
        var now = after.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        return new RuleSetDiff(
            [.. after.Rules.Where(rule => !old.ContainsKey(rule.Id))],
            [.. before.Rules.Where(rule => !now.Contains(rule.Id))],
            [
                .. after.Rules.Where(rule => old.TryGetValue(rule.Id, out var was) && was != rule)
                    .Select(rule => new RuleChange(old[rule.Id], rule)),
            ],
            before.Thresholds == after.Thresholds ? null : before.Thresholds);
    }
}

/// <summary>A rule that two sets have in different form.</summary>
/// <param name="Before">The old form.</param>
/// <param name="After">The new form.</param>
public sealed record RuleChange(RiskRule Before, RiskRule After);
