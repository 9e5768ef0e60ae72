using BankPortal.Web.Features.Fraud.Rules;

namespace BankPortal.Web.Features.Fraud.Engine;

public sealed partial class AssessmentPanel : IDisposable
{
    private readonly string _titleId = "assessment-" + Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource _gone = new();
    private RiskVerdict? _shown;
    private RuleSetVersion? _version;
    private RiskFacts? _facts;
    private ImmutableArray<RuleResult> _fired = [];
    private ImmutableArray<RuleResult> _others = [];
    private bool _isRead;
    private bool _failed;
    private bool _differs;
    private string? _reference;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required RuleSetService Rules { get; init; }

    [Inject] public required ILogger<AssessmentPanel> Logger { get; init; }

    /// <summary>The transfer.</summary>
    [Parameter, EditorRequired] public Transfer Transfer { get; set; } = default!;

    private bool IsAssessed =>
        Transfer.Risk is { } risk && (risk.RuleSet > 0 || risk.Fired.Contains(FraudScreening.NotAssessable, StringComparer.Ordinal));

    private string? Decider
    {
        get
        {
            if (_version is null || Transfer.Risk is not { } risk)
            {
                return null;
            }

            if (risk.Fired.Contains(FraudScreening.NotAssessable, StringComparer.Ordinal))
            {
                return "the missing assessment";
            }

            if (risk.Outcome == RiskOutcome.Allow)
            {
                return null;
            }

            var deciding = _fired
                .Where(result => result.Rule.Decides == risk.Outcome)
                .Select(result => "“" + result.Rule.Name + "”")
                .ToList();
            return ByScore(risk.Score, _version.Set.Thresholds) >= risk.Outcome ? "the score"
                : deciding.Count > 0 ? (deciding.Count == 1 ? "the rule " : "the rules ") + string.Join(", ", deciding)
                : null;
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_shown, Transfer.Risk))
        {
            return;
        }

        _shown = Transfer.Risk;
        _version = null;
        _fired = _others = [];
        _facts = Transfer.Risk is { Facts.IsEmpty: false } risk ? Parse(risk.Facts) : null;
        if (RendererInfo.IsInteractive)
        {
            await ReadAsync();
        }
    }

    private static RiskOutcome ByScore(int score, RiskThresholds thresholds) =>
        score >= thresholds.Block ? RiskOutcome.Block
        : score >= thresholds.Hold ? RiskOutcome.Hold
        : score >= thresholds.Alert ? RiskOutcome.Alert
        : RiskOutcome.Allow;

    private static string ScoreText(int score, RiskThresholds thresholds) => ByScore(score, thresholds) switch
    {
        RiskOutcome.Block => "Enough to block.",
        RiskOutcome.Hold => $"Enough to hold; {Number(thresholds.Block - score)} short of a block.",
        RiskOutcome.Alert => $"Enough for an alert; {Number(thresholds.Hold - score)} short of a hold.",
        _ => $"{Number(thresholds.Alert - score)} short of an alert.",
    };

    private static string Number(int value) => value.ToString("N0", CultureInfo.CurrentCulture);

    // The scale ends a little beyond the last threshold. Scores outside the scale are shown at its end.
    private static string Percent(int score, RiskThresholds thresholds) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(100.0 * score / (thresholds.Block * 1.1), 0, 100):0.#}%");

    private static string Weight(RiskRule rule) => RuleText.Weight(rule);

    private RiskFacts? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return RiskFacts.Parse(bytes);
        }
        catch (Exception exception)
            when (exception
                    is InvalidDataException
                        or EndOfStreamException
                        or FormatException
                        or ArgumentException
                        or IndexOutOfRangeException
            )
        {
            FactsUnreadable(Logger, Transfer.Id, exception);
            return null;
        }
    }

    private async Task ReadAsync()
    {
        if (!IsAssessed)
        {
            return;
        }

        var risk = Transfer.Risk!;
        _failed = false;
        _isRead = false;
        var fault = await PageAction.RunAsync(
            async () =>
            {
                var found = await Rules.FindAsync(await Actors.GetAsync(_gone.Token), risk.RuleSet, _gone.Token);
                if (!ReferenceEquals(risk, Transfer.Risk))
                {
                    return;
                }

                _version = found.IsSuccess ? found.Value : null;
                _isRead = true;
                Explain(risk);
            },
            Logger,
            _gone.Token);
        _failed = fault is not null;
        _reference = (fault as UnexpectedError)?.Reference;
    }

    private void Explain(RiskVerdict risk)
    {
        if (_version is null || _facts is null)
        {
            return;
        }

        var results = RuleExplanation.Explain(_version.Set, _facts, CultureInfo.CurrentCulture);
        _fired = [.. results.Where(result => result.HasFired)];
        _others = [.. results.Where(result => !result.HasFired)];

        var again = new CompiledRuleSet(_version.Set).Decide(_facts);
        var failed = risk.Fired.Contains(FraudScreening.NotAssessable, StringComparer.Ordinal);
        _differs =
            !failed
            && (
                again.Outcome != risk.Outcome
                || again.Score != risk.Score
                || !again.Fired.Select(rule => rule.Id).SequenceEqual(risk.Fired, StringComparer.Ordinal)
            );
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The facts of transfer {TransferId} could not be read")]
    private static partial void FactsUnreadable(ILogger logger, string transferId, Exception exception);
}
