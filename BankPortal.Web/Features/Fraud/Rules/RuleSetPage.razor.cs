namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>Shows one version of the rules: its rules, its state, its results, and the next step.</summary>
public sealed partial class RuleSetPage
{
    private IReadOnlyDictionary<string, string> _names = new Dictionary<string, string>(StringComparer.Ordinal);
    private RuleSetVersion? _version;
    private RuleSetVersion? _live;
    private RuleSetDiff? _diff;
    private ShadowComparison? _shadow;
    private Actor? _actor;
    private Error? _approvalRefusal;
    private readonly OpenDialog<RuleSetAction> _dialog = new();
    private bool _refused;
    private bool _compare = true;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required RuleSetService Rules { get; init; }

    [Inject] public required ICustomerDirectory Directory { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    [Parameter] public int Number { get; set; }

    /// <summary>The step that was chosen before the second factor had to be entered again.</summary>
    [SupplyParameterFromQuery(Name = "do")] public string? Wanted { get; set; }

    protected override object? LoadKey => Number;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var number = Number;
        var actor = await Actors.GetAsync(ct);
        var found = await Rules.FindAsync(actor, number, ct);
        var live = await Rules.FindLiveAsync(actor, ct);
        var shadow = await Rules.CompareShadowAsync(actor, number, ct);
        var people = found.IsSuccess
            ? found.Value.Steps.Select(step => step.ActorId).Where(id => id != Actor.SystemUserId).Distinct(StringComparer.Ordinal).ToList()
            : [];
        var names = await Directory.FindNamesAsync(people, ct);
        var refusal = found.IsSuccess ? await Rules.FindApprovalRefusalAsync(actor, found.Value, ct) : null;
        if (number != Number)
        {
            return;
        }

        _actor = actor;
        _approvalRefusal = refusal;
        _refused = found.Error is NotAllowedError;
        _version = found.IsSuccess ? found.Value : null;
        _live = live.IsSuccess ? live.Value : null;
        _diff = _version is not null && _live is not null ? RuleSetDiff.Of(_live.Set, _version.Set) : null;
        _shadow = shadow.IsSuccess ? shadow.Value : null;
        _names = names;
        if (
            Enum.TryParse<RuleSetAction>(Wanted, ignoreCase: true, out var action)
            && action is RuleSetAction.Approve or RuleSetAction.GoLive
            && _dialog.Current is null
            && Rules.IsFresh(actor)
        )
        {
            _dialog.Show(action);
        }
    }

    private static string Question(RuleSetAction action) => action switch
    {
        RuleSetAction.Shadow => "Run this version in shadow?",
        RuleSetAction.Approve => "Approve this version?",
        RuleSetAction.GoLive => "Make this version live?",
        RuleSetAction.Draft => "Create a draft from this version?",
        _ => "Reject this version?",
    };

    private static string Confirm(RuleSetAction action) => action switch
    {
        RuleSetAction.Shadow => "Run it in shadow",
        RuleSetAction.Approve => "Approve it",
        RuleSetAction.GoLive => "Make it live",
        RuleSetAction.Draft => "Create the draft",
        _ => "Reject it",
    };

    private string Consequence(RuleSetAction action) =>
        action switch
        {
            RuleSetAction.Shadow =>
                "From now on it scores every transfer beside the live version, without effect. Its rules can no longer be edited.",
            RuleSetAction.Approve => $"You take responsibility for it as the second person. Changes to the live rules: {_diff?.Summary}.",
            RuleSetAction.GoLive =>
                $"All nodes use it within seconds. Version {_live?.Number.ToString(CultureInfo.InvariantCulture)} is retired and can be made live again. "
                    + $"Changes: {_diff?.Summary}.",
            RuleSetAction.Draft => "Creates a new version with the same rules, which fraud analysts can edit.",
            _ => "It is kept for the record and cannot be used any more.",
        };

    private Task ReadAgainAsync() => ReloadAsync(quietly: true);

    // Approving and making live need the second factor again; afterwards the page opens the same dialog.
    private async Task AskAsync(RuleSetAction action)
    {
        if (action is RuleSetAction.Approve or RuleSetAction.GoLive && !Rules.IsFresh(await Actors.GetAsync(Gone)))
        {
            Verify(action);
            return;
        }

        _dialog.Show(action);
    }

    private void Verify(RuleSetAction action) =>
        Navigation.NavigateTo(IdentityRoutes.VerifyThen($"{BankRoutes.FraudRuleSet(Number)}?do={action}"), forceLoad: true);

    private async Task<Error?> DecideAsync(string comment)
    {
        if (_version is not { } seen || _dialog.Current is not { } action)
        {
            return null;
        }

        var refusal = await RunAsync(
            async () => await TakeStepAsync(await Actors.GetAsync(Gone), seen, action, comment),
            version => StepTakenAsync(version, action));
        if (refusal is SecondFactorStaleError)
        {
            Verify(action);
        }
        else if (refusal is ChangedMeanwhileError or NotInThatStateError)
        {
            await ReloadAsync(quietly: true);
        }

        return refusal;
    }

    // A step that has begun is finished even if the person leaves the page.
    private Task<Result<RuleSetVersion>> TakeStepAsync(Actor actor, RuleSetVersion seen, RuleSetAction action, string comment) =>
        action switch
        {
            RuleSetAction.Shadow => Rules.ShadowAsync(actor, seen, comment, CancellationToken.None),
            RuleSetAction.Approve => Rules.ApproveAsync(actor, seen, comment, CancellationToken.None),
            RuleSetAction.GoLive => Rules.MakeLiveAsync(actor, seen, comment, CancellationToken.None),
            RuleSetAction.Draft => Rules.DraftAsync(actor, seen.Number, comment, CancellationToken.None),
            _ => Rules.RejectAsync(actor, seen, comment, CancellationToken.None),
        };

    private Task StepTakenAsync(RuleSetVersion version, RuleSetAction action)
    {
        if (action == RuleSetAction.Draft)
        {
            Navigation.NavigateTo(BankRoutes.FraudRuleSetEdit(version.Number));
            return Task.CompletedTask;
        }

        Toasts.Done(RuleSetText.Name(action), $"Version {Number.ToString(CultureInfo.InvariantCulture)}");
        return ReloadAsync(quietly: true);
    }
}
