namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>Shows the versions of the rule sets.</summary>
public sealed partial class RuleSetsPage
{
    private readonly List<RuleSetVersion> _versions = [];
    private IReadOnlyDictionary<string, string> _names = new Dictionary<string, string>(StringComparer.Ordinal);
    private RuleSetVersion? _live;
    private bool _mayWrite;
    private bool _refused;
    private bool _hasMore;
    private bool _drafting;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required RuleSetService Rules { get; init; }

    [Inject] public required ICustomerDirectory Directory { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var live = await Rules.FindLiveAsync(actor, ct);
        var versions = await Rules.ListAsync(actor, null, ct);
        _refused = !versions.IsSuccess;
        _live = live.IsSuccess ? live.Value : null;
        _mayWrite = RuleSetService.MayWrite(actor);
        _versions.Clear();
        if (versions.IsSuccess)
        {
            await ShowAsync(versions.Value, ct);
        }
    }

    private async Task MoreAsync()
    {
        var older = await Rules.ListAsync(await Actors.GetAsync(Gone), _versions[^1].Number, Gone);
        if (older.IsSuccess)
        {
            await ShowAsync(older.Value, Gone);
        }
    }

    private async Task ShowAsync(IReadOnlyCollection<RuleSetVersion> versions, CancellationToken ct)
    {
        _versions.AddRange(versions);
        _hasMore = versions.Count == RuleSetService.PageSize;
        _names = await Directory.FindNamesAsync(
            [
                .. _versions
                    .Select(version => version.Steps[^1].ActorId)
                    .Where(id => id != Actor.SystemUserId)
                    .Distinct(StringComparer.Ordinal),
            ],
            ct
        );
    }

    private async Task<Error?> DraftAsync(string purpose) => _live is not { Number: var number }
        ? null
        : await RunAsync(
            async () => await Rules.DraftAsync(await Actors.GetAsync(Gone), number, purpose, CancellationToken.None),
            draft =>
            {
                Navigation.NavigateTo(BankRoutes.FraudRuleSetEdit(draft.Number));
                return Task.CompletedTask;
            });
}
