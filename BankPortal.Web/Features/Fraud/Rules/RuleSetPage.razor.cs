namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>One version of the rules: what it says, where it stands, how it does, and the next step of its life.</summary>
public sealed partial class RuleSetPage
{
    private IReadOnlyDictionary<string, string> _names = new Dictionary<string, string>(StringComparer.Ordinal);
    private RuleSetVersion? _version;
    private RuleSetVersion? _live;
    private RuleSetDiff? _diff;
    private ShadowComparison? _shadow;
    private Actor? _actor;
    private RuleSetAction? _asking;
    private bool _refused;
    private bool _compare = true;

    [Inject]
    public required ActorProvider Actors { get; init; }

    [Inject]
    public required RuleSetService Rules { get; init; }

    [Inject]
    public required ICustomerDirectory Directory { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    [Parameter]
    public int Number { get; set; }

    /// <summary>The step that was asked for before the second factor had to be proven.</summary>
    [SupplyParameterFromQuery(Name = "do")]
    public string? Wanted { get; set; }

    protected override object? LoadKey => Number;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var number = Number;
        var actor = await Actors.GetAsync(ct);
        var found = await Rules.FindAsync(actor, number, ct);
        var live = await Rules.FindLiveAsync(actor, ct);
        var shadow = await Rules.CompareShadowAsync(actor, number, ct);
        var people = found.IsSuccess ? found.Value.Steps.Select(step => step.ActorId).Where(id => id != Actor.SystemUserId).Distinct(StringComparer.Ordinal).ToList() : [];
        var names = await Directory.FindNamesAsync(people, ct);
        if (number != Number)
        {
            return;
        }

        _actor = actor;
        _refused = found.Error is NotAllowedError;
        _version = found.IsSuccess ? found.Value : null;
        _live = live.IsSuccess ? live.Value : null;
        _diff = _version is not null && _live is not null ? RuleSetDiff.Of(_live.Set, _version.Set) : null;
        _shadow = shadow.IsSuccess ? shadow.Value : null;
        _names = names;
        if (Enum.TryParse<RuleSetAction>(Wanted, ignoreCase: true, out var act) && act is RuleSetAction.Approve or RuleSetAction.GoLive && _asking is null && Rules.IsFresh(actor))
        {
            _asking = act;
        }
    }

    private static string Question(RuleSetAction act) => act switch
    {
        RuleSetAction.Shadow => "Put this version in shadow?",
        RuleSetAction.Approve => "Approve this version?",
        RuleSetAction.GoLive => "Make this version live?",
        RuleSetAction.Draft => "Begin a draft from this version?",
        _ => "Give this version up?",
    };

    private static string Confirm(RuleSetAction act) => act switch
    {
        RuleSetAction.Shadow => "Put it in shadow",
        RuleSetAction.Approve => "Approve it",
        RuleSetAction.GoLive => "Make it live",
        RuleSetAction.Draft => "Begin the draft",
        _ => "Give it up",
    };

    private string Consequence(RuleSetAction act) => act switch
    {
        RuleSetAction.Shadow => "It scores every transfer from now on, beside the live version and without effect. Its rules cannot change any more.",
        RuleSetAction.Approve => $"You take responsibility for it as the second person. It changes in the live rules: {_diff?.Summary}.",
        RuleSetAction.GoLive => $"All nodes decide by it within seconds. Version {_live?.Number.ToString(CultureInfo.InvariantCulture)} is retired and can be made live again. It changes: {_diff?.Summary}.",
        RuleSetAction.Draft => "A new version with the same rules, for you and others to change.",
        _ => "It is kept for the record, and nothing more can be done with it.",
    };

    private Task ReadAgainAsync() => ReloadAsync(quietly: true);

    // Approving and making live need the second factor afresh; the page comes back to the same question.
    private async Task AskAsync(RuleSetAction act)
    {
        if (act is RuleSetAction.Approve or RuleSetAction.GoLive && !Rules.IsFresh(await Actors.GetAsync(Gone)))
        {
            Verify(act);
            return;
        }

        _asking = act;
    }

    private void Verify(RuleSetAction act) => Navigation.NavigateTo(IdentityRoutes.VerifyThen($"{BankRoutes.FraudRuleSet(Number)}?do={act}"), forceLoad: true);

    private void Closed(bool open)
    {
        if (!open)
        {
            _asking = null;
        }
    }

    private async Task<Error?> DecideAsync(string comment)
    {
        if (_version is not { } seen || _asking is not { } act)
        {
            return null;
        }

        try
        {
            var actor = await Actors.GetAsync(Gone);
            var result = act switch
            {
                RuleSetAction.Shadow => await Rules.ShadowAsync(actor, seen, comment, CancellationToken.None),
                RuleSetAction.Approve => await Rules.ApproveAsync(actor, seen, comment, CancellationToken.None),
                RuleSetAction.GoLive => await Rules.MakeLiveAsync(actor, seen, comment, CancellationToken.None),
                RuleSetAction.Draft => await Rules.DraftAsync(actor, seen.Number, comment, CancellationToken.None),
                _ => await Rules.RejectAsync(actor, seen, comment, CancellationToken.None),
            };
            if (result.Error is SecondFactorStaleError)
            {
                Verify(act);
                return result.Error;
            }

            if (result.IsSuccess && act == RuleSetAction.Draft)
            {
                Navigation.NavigateTo(BankRoutes.FraudRuleSetEdit(result.Value.Number));
                return null;
            }

            if (result.IsSuccess)
            {
                Toasts.Done(RuleSetText.Name(act), $"Version {Number.ToString(CultureInfo.InvariantCulture)}");
            }

            if (result.IsSuccess || result.Error is ChangedMeanwhileError or NotInThatStateError)
            {
                await ReloadAsync(quietly: true);
            }

            return result.Error;
        }
        catch (SessionOverException)
        {
            return null;
        }
#pragma warning disable CA1031 // Whatever fails is said where the person looks, with a reference into the log.
        catch (Exception exception) when (!Gone.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return UnexpectedError.Log(LoggerFactory.CreateLogger<RuleSetPage>(), exception);
        }
    }
}
