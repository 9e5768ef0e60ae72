using BankPortal.Core.Fraud.Cases;
using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>Counts the outcomes of two rule sets over many transfers. Its size depends on the rules and days, not on the transfers. Not
/// thread-safe.</summary>
public sealed class BackTestTally(CompiledRuleSet live, CompiledRuleSet draft)
{
    /// <summary>How many samples are kept for each direction in which the sets differ.</summary>
    public const int MaxSamples = 20;

    /// <summary>How many samples are kept for each rule.</summary>
    public const int MaxRuleSamples = 3;

    private readonly Dictionary<OutcomePair, long> _outcomes = [];
    private readonly Dictionary<DateOnly, (long Transfers, long Live, long Draft)> _days = [];
    private readonly Dictionary<string, RuleTally> _rules = RulesOf(live, draft);
    private readonly SortedSet<OutcomeSample> _stricter = new(OutcomeSample.ById);
    private readonly SortedSet<OutcomeSample> _milder = new(OutcomeSample.ById);
    private (long Bad, long Live, long Draft) _caught;
    private (long Live, long Draft) _false;

    /// <summary>The number of transfers counted.</summary>
    public long Transfers { get; private set; }

    /// <summary>The number of transfers left out because their facts are incomplete.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Returns the stored facts of a transfer; <see langword="null"/> when they are missing or incomplete.</summary>
    public static RiskFacts? FactsOf(Transfer transfer)
    {
        if (transfer.Risk is not { Facts.IsEmpty: false } risk || risk.Fired.Contains(FraudScreening.NotAssessable, StringComparer.Ordinal))
        {
            return null;
        }

        try
        {
            return RiskFacts.Parse(risk.Facts);
        }
        catch (Exception exception) when (
            exception is InvalidDataException or EndOfStreamException or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Counts a transfer.</summary>
    /// <param name="transfer">The transfer.</param>
    /// <param name="disposition">The disposition of the transfer's case, if there is one.</param>
    public void Add(Transfer transfer, CaseDisposition? disposition)
    {
        if (FactsOf(transfer) is not { } facts)
        {
            LeftOut++;
            return;
        }

        Transfers++;
        var (now, then) = (live.Decide(facts), draft.Decide(facts));
        var pair = new OutcomePair(now.Outcome, then.Outcome);
        _outcomes[pair] = _outcomes.GetValueOrDefault(pair) + 1;
        var (flaggedNow, flaggedThen) = (now.Outcome != RiskOutcome.Allow, then.Outcome != RiskOutcome.Allow);

        var date = DateOnly.FromDateTime(transfer.CreatedAt.UtcDateTime);
        var day = _days.GetValueOrDefault(date);
        _days[date] = (day.Transfers + 1, day.Live + (flaggedNow ? 1 : 0), day.Draft + (flaggedThen ? 1 : 0));

        var sample = new OutcomeSample(
            transfer.Id,
            transfer.CreatedAt,
            transfer.Amount.MinorUnits,
            transfer.Amount.Currency.Code,
            now.Outcome,
            now.Score,
            then.Outcome,
            then.Score);
        if (pair.Other > pair.Live)
        {
            OutcomeSample.Keep(_stricter, sample, MaxSamples);
        }
        else if (pair.Other < pair.Live)
        {
            OutcomeSample.Keep(_milder, sample, MaxSamples);
        }

        var isBad = disposition is CaseDisposition.ConfirmedFraud or CaseDisposition.Suspicious;
        var isGood = disposition == CaseDisposition.FalsePositive;
        foreach (var rule in now.Fired)
        {
            _rules[rule.Id].Live++;
        }

        foreach (var rule in then.Fired)
        {
            var tally = _rules[rule.Id];
            tally.Draft++;
            tally.Bad += isBad ? 1 : 0;
            tally.Good += isGood ? 1 : 0;
            OutcomeSample.Keep(tally.Samples, sample, MaxRuleSamples);
        }

        _caught = (
            _caught.Bad + (isBad ? 1 : 0), _caught.Live + (isBad && flaggedNow ? 1 : 0), _caught.Draft + (isBad && flaggedThen ? 1 : 0));
        _false = (_false.Live + (isGood && flaggedNow ? 1 : 0), _false.Draft + (isGood && flaggedThen ? 1 : 0));
    }

    /// <summary>Builds the report from the counts so far.</summary>
    public BackTestReport Report(
        int edition, DateTimeOffset from, DateTimeOffset before, string startedBy, DateTimeOffset finishedAt) => new()
        {
            Number = draft.Set.Version,
            Edition = edition,
            LiveNumber = live.Set.Version,
            From = from,
            Before = before,
            StartedBy = startedBy,
            FinishedAt = finishedAt,
            Transfers = Transfers,
            LeftOut = LeftOut,
            Outcomes =
        [
            .. _outcomes.OrderBy(outcome => outcome.Key.Live)
                .ThenBy(outcome => outcome.Key.Other)
                .Select(outcome => new OutcomeCount(outcome.Key.Live, outcome.Key.Other, outcome.Value)),
        ],
            Rules =
        [
            .. _rules.Values.Select(rule => new RuleHits(
                rule.Id,
                rule.Name,
                rule.InLive ? rule.Live : null,
                rule.InDraft ? rule.Draft : null,
                rule.Bad,
                rule.Good,
                [.. rule.Samples])),
        ],
            Days =
        [
            .. _days.OrderBy(day => day.Key)
                .Select(day => new AlertDay(day.Key, day.Value.Transfers, day.Value.Live, day.Value.Draft)),
        ],
            Live = new Accuracy(_caught.Bad, _caught.Live, _false.Live),
            Draft = new Accuracy(_caught.Bad, _caught.Draft, _false.Draft),
            Stricter = [.. _stricter],
            Milder = [.. _milder],
        };

    // The draft's rules in their order, then the rules that only the live set has.
    private static Dictionary<string, RuleTally> RulesOf(CompiledRuleSet live, CompiledRuleSet draft)
    {
        var rules = new Dictionary<string, RuleTally>(StringComparer.Ordinal);
        foreach (var rule in draft.Set.Rules)
        {
            rules[rule.Id] = new RuleTally(rule.Id, rule.Name) { InDraft = rule.IsEnabled };
        }

        foreach (var rule in live.Set.Rules)
        {
            if (!rules.TryGetValue(rule.Id, out var tally))
            {
                rules[rule.Id] = tally = new RuleTally(rule.Id, rule.Name);
            }

            tally.InLive = rule.IsEnabled;
        }

        return rules;
    }

    private sealed class RuleTally(string id, string name)
    {
        public string Id { get; } = id;

        public string Name { get; } = name;

        public bool InLive { get; set; }

        public bool InDraft { get; init; }

        public long Live { get; set; }

        public long Draft { get; set; }

        public long Bad { get; set; }

        public long Good { get; set; }

        public SortedSet<OutcomeSample> Samples { get; } = new(OutcomeSample.ById);
    }
}
