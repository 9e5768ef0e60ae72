using BankPortal.Web.Components.Grid;

namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>Shows the versions of the rule sets.</summary>
public sealed partial class RuleSetsPage
{
    private GridPage<RuleSetVersion> _page = new([]);
    private IReadOnlyDictionary<string, string> _names = new Dictionary<string, string>(StringComparer.Ordinal);
    private RuleSetVersion? _live;
    private bool _mayWrite;
    private bool _refused;
    private bool _drafting;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required RuleSetService Rules { get; init; }

    [Inject] public required ICustomerDirectory Directory { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    /// <summary>Only versions before this one: the next page.</summary>
    [SupplyParameterFromQuery(Name = "before")] public int? Before { get; set; }

    protected override object? LoadKey => Before;

    protected override bool KeepsContent => true;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var live = await Rules.FindLiveAsync(actor, ct);
        var before = Before;
        var versions = await Rules.ListAsync(actor, before, ct);
        if (before != Before)
        {
            return;
        }

        _refused = !versions.IsSuccess;
        _live = live.IsSuccess ? live.Value : null;
        _mayWrite = RuleSetService.MayWrite(actor);
        if (versions.IsSuccess)
        {
            await ShowAsync(versions.Value, ct);
        }
    }

    private async Task ShowAsync(ImmutableArray<RuleSetVersion> versions, CancellationToken ct)
    {
        var people = versions.Select(version => version.Steps[^1].ActorId).Where(id => id != Actor.SystemUserId);
        _names = await Directory.FindNamesAsync([.. people.Distinct(StringComparer.Ordinal)], ct);
        var last = versions.Length == RuleSetService.PageSize ? versions[^1].Number : (int?)null;
        _page = new GridPage<RuleSetVersion>(versions)
        {
            FirstHref = Before is null ? null : BankRoutes.FraudRules,
            NextHref = last is { } number ? $"{BankRoutes.FraudRules}?before={number.ToString(CultureInfo.InvariantCulture)}" : null,
        };
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
