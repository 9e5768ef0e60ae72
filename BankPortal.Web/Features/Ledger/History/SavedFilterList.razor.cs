namespace BankPortal.Web.Features.Ledger.History;

/// <summary>Shows, saves, renames and removes a customer's saved filters.</summary>
public sealed partial class SavedFilterList
{
    private readonly CancellationTokenSource _gone = new();
    private SavedFilters? _filters;
    private SavedFilter? _editing;
    private Error? _problem;
    private string _name = "";
    private bool _busy;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required SavedFilterService Service { get; init; }

    [Inject] public required ILogger<SavedFilterList> Logger { get; init; }

    /// <summary>The filters in use.</summary>
    [Parameter, EditorRequired] public HistoryQuery Query { get; set; } = new();

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override Task OnInitializedAsync() => RunAsync(actor => Service.ReadAsync(actor, _gone.Token));

    // Only what the history knows is taken over from what is stored.
    private static string AddressOf(SavedFilter filter) => HistoryQuery.Of(filter.Query).AddressOf(BankRoutes.History);

    private bool IsShown(SavedFilter filter) => AddressOf(filter) == Query.AddressOf(BankRoutes.History);

    private void Edit(SavedFilter filter) => (_editing, _name, _problem) = (filter, filter.Name, null);

    private void StopEditing() => (_editing, _name, _problem) = (null, "", null);

    private async Task SaveAsync()
    {
        var query = _editing?.Query ?? Query.AddressOf("");
        if (await RunAsync(actor => Service.SaveAsync(actor, _editing?.Id, _name, query, _gone.Token)))
        {
            StopEditing();
        }
    }

    private Task ReplaceAsync(SavedFilter filter) =>
        RunAsync(actor => Service.SaveAsync(actor, filter.Id, filter.Name, Query.AddressOf(""), _gone.Token));

    private Task RemoveAsync(SavedFilter filter)
    {
        if (_editing?.Id == filter.Id)
        {
            StopEditing();
        }

        return RunAsync(actor => Service.RemoveAsync(actor, filter.Id, _gone.Token));
    }

    private async Task<bool> RunAsync(Func<Actor, Task<Result<SavedFilters>>> action)
    {
        // A second click can arrive before the button is seen disabled.
        if (_busy)
        {
            return false;
        }

        (_busy, _problem) = (true, null);
        var done = false;
        _problem = await PageAction.RunAsync(
            async () => await action(await Actors.GetAsync(_gone.Token)),
            filters =>
            {
                (_filters, done) = (filters, true);
                return Task.CompletedTask;
            },
            Logger,
            _gone.Token);
        _busy = false;
        return done;
    }
}
