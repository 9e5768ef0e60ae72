using System.Text;

namespace BankPortal.Bench.Faults;

/// <summary>What came of it.</summary>
/// <param name="Seed">The seed, to try the same again.</param>
/// <param name="Acknowledged">Transfers that were said to be done.</param>
/// <param name="Refused">Transfers that were refused by a rule or for lack of a store.</param>
/// <param name="Reasons">How often each reason for a refusal was given.</param>
/// <param name="Unknown">Transfers whose outcome was not known at first; each was asked again.</param>
/// <param name="Decided">Held transfers that were released or rejected, and posted ones that were reversed.</param>
/// <param name="Readings">How often all balances were read at one moment while money moved.</param>
/// <param name="EngineKills">How often the engine was killed.</param>
/// <param name="ProcessKills">How often a process that moved money was killed.</param>
/// <param name="Injected">Faults by kind.</param>
/// <param name="Violations">What must not be.</param>
internal sealed record FaultReport(
    int Seed,
    int Acknowledged,
    int Refused,
    IReadOnlyDictionary<string, int> Reasons,
    int Unknown,
    int Decided,
    int Readings,
    int EngineKills,
    int ProcessKills,
    IReadOnlyDictionary<FaultKind, int> Injected,
    IReadOnlyList<string> Violations)
{
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"seed {Seed}: {Acknowledged + Refused + Unknown:N0} transfers tried: {Acknowledged:N0} acknowledged, {Refused:N0} refused, {Unknown:N0} unknown at first; {Decided:N0} released, rejected or reversed"
        );
        text.AppendLine(
            "refused for: "
                + string.Join(
                    ", ", Reasons.OrderByDescending(r => r.Value).Select(r => FormattableString.Invariant($"{r.Key} {r.Value:N0}"))));
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"balances read at one moment: {Readings:N0} times; engine killed {EngineKills:N0} times, portal process killed {ProcessKills:N0} times"
        );
        text.AppendLine(
            "faults injected: "
                + string.Join(", ", Injected.OrderBy(f => f.Key).Select(f => FormattableString.Invariant($"{f.Key} {f.Value:N0}")))
        );
        text.AppendLine(CultureInfo.InvariantCulture, $"violations: {Violations.Count}");
        foreach (var violation in Violations.Take(50))
        {
            text.AppendLine("  " + violation);
        }

        return text.ToString();
    }
}
