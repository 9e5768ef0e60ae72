using BankPortal.Core.Fraud.Desk;

namespace BankPortal.Web.Features.Fraud.Desk;

/// <summary>Shows a customer to fraud analysts. They block the sign-in and put the customer on lists here.</summary>
public sealed partial class CustomerFilePage
{
    private CustomerFile? _file;
    private LinkGraph? _graph;
    private string? _graphReference;
    private bool _refused;
    private readonly OpenDialog<Question> _dialog = new();

    private enum Question
    {
        Block,
        Unblock,
        List,
    }

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required FraudFiles Files { get; init; }

    [Inject] public required LinkGraphService Links { get; init; }

    [Inject] public required SignInBlocks Blocks { get; init; }

    [Inject] public required StaffActions Actions { get; init; }

    [Inject] public required StaffStepUp StepUp { get; init; }

    /// <summary>The customer's user id.</summary>
    [Parameter] public string Id { get; set; } = "";

    protected override object? LoadKey => Id;

    private string? ConflictId => _file?.Conflict is null ? null : "conflict";

    private StaffActionRecord? BlockedBy => _file?.Actions.FirstOrDefault(action => action.Record.Action == "customer.block-sign-in");

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var id = Id;
        if (_file?.Access.UserId != id)
        {
            _file = null;
            _graph = null;
            _graphReference = null;
        }

        var found = await Files.CustomerAsync(await Actors.GetAsync(ct), id, ct);
        if (id != Id)
        {
            return;
        }

        _file = found.IsSuccess ? found.Value : null;
        _refused = found.Error is NotAllowedError;
        if (_file is not null && _graph is null)
        {
            // The rest of the page does not wait for the graph.
            _ = InvokeAsync(ReadGraphAsync);
        }

        if (_file is { Conflict: null, Access.IsStaff: false } file
            && await StepUp.ResumeAsync<Question>() is { Action: var wanted }
            && (wanted == Question.List || file.Access.IsBlocked == (wanted == Question.Unblock)))
        {
            _dialog.Show(wanted);
        }
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private async Task ReadGraphAsync()
    {
        var id = Id;
        _graphReference = null;
        var fault = await RunAsync(async () =>
        {
            var built = await Links.BuildAsync(await Actors.GetAsync(Gone), id, Gone);
            if (id == Id && built.IsSuccess)
            {
                _graph = built.Value;
            }
        });
        if (Gone.IsCancellationRequested)
        {
            return;
        }

        _graphReference = (fault as UnexpectedError)?.Reference;
        StateHasChanged();
    }

    private async Task AskAsync(Question question)
    {
        if (await StepUp.IsReadyAsync(question))
        {
            _dialog.Show(question);
        }
    }

    private Task ChangedAsync() => ReloadAsync(quietly: true);

    private Task<Error?> BlockAsync(string reason) =>
        ChangeAsync("Sign-in blocked", (actor, id) => Blocks.BlockAsync(actor, id, reason, CancellationToken.None));

    private Task<Error?> UnblockAsync(string reason) =>
        ChangeAsync("Block lifted", (actor, id) => Blocks.UnblockAsync(actor, id, reason, CancellationToken.None));

    private Task<Error?> ChangeAsync(string done, Func<Actor, string, Task<Result<CustomerAccess>>> change)
    {
        var customer = _file!.Access;
        return Actions.RunAsync(actor => change(actor, customer.UserId), done, customer.Name, ChangedAsync);
    }
}
