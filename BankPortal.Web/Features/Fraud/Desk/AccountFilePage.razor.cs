using BankPortal.Core.Fraud.Desk;

namespace BankPortal.Web.Features.Fraud.Desk;

/// <summary>Shows an account to fraud analysts, found by its number. They freeze it and put it on lists here.</summary>
public sealed partial class AccountFilePage
{
    private static readonly TimeSpan RefreshPause = TimeSpan.FromSeconds(1);

    private AccountFile? _file;
    private bool _refused;
    private string _number = "";
    private string? _error;
    private bool _searching;
    private readonly OpenDialog<Question> _dialog = new();
    private string? _watched;
    private IDisposable? _watching;

    private enum Question
    {
        Freeze,
        Unfreeze,
        List,
    }

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required FraudFiles Files { get; init; }

    [Inject] public required AccountService Accounts { get; init; }

    [Inject] public required StaffActions Actions { get; init; }

    [Inject] public required StaffStepUp StepUp { get; init; }

    [Inject] public required TransferFeed Feed { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    /// <summary>The account's id; none to look one up.</summary>
    [Parameter] public string? Id { get; set; }

    protected override object? LoadKey => Id ?? "";

    private string? ConflictId => _file?.Conflict is null ? null : "conflict";

    protected override LivePlan Live { get; } = new(RefreshPause);

    private StaffActionRecord? FrozenBy => _file?.Actions.FirstOrDefault(action => action.Record.Action == "account.freeze");

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var id = Id;
        var actor = await Actors.GetAsync(ct);
        var found = id is null ? new NotFoundError("account") : await Files.AccountAsync(actor, id, ct);
        if (id != Id)
        {
            return;
        }

        _file = found.IsSuccess ? found.Value : null;
        _refused = found.Error is NotAllowedError || !FraudDesk.MayAct(actor);
        Watch(_file?.Account);
        if (_file is { Conflict: null } file
            && await StepUp.ResumeAsync<Question>() is { Action: var wanted }
            && file.Account.Status is var status
            && (wanted == Question.List || status == (wanted == Question.Freeze ? AccountStatus.Active : AccountStatus.Frozen)))
        {
            _dialog.Show(wanted);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watching?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Watch(Account? account)
    {
        if (_watched == account?.Id)
        {
            return;
        }

        _watching?.Dispose();
        _watching = null;
        _watched = account?.Id;
        if (account is not null)
        {
            _watching = Feed.Subscribe(account.OwnerId, transfer =>
            {
                if (transfer.DebitAccountId == account.Id || transfer.CreditAccountId == account.Id)
                {
                    ReadSoon();
                }
            });
        }
    }

    private void Type(string? text)
    {
        _number = text ?? "";
        _error = null;
    }

    private async Task LookUpAsync()
    {
        if (_searching)
        {
            return;
        }

        _searching = true;
        try
        {
            _error = (await RunAsync(
                async () => await Files.FindIdAsync(await Actors.GetAsync(Gone), _number, Gone),
                id =>
                {
                    Navigation.NavigateTo(BankRoutes.FraudAccount(id));
                    return Task.CompletedTask;
                }))?.Message;
        }
        finally
        {
            _searching = false;
        }
    }

    private async Task AskAsync(Question question)
    {
        if (await StepUp.IsReadyAsync(question))
        {
            _dialog.Show(question);
        }
    }

    private Task ChangedAsync() => RefreshAsync();

    private Task<Error?> FreezeAsync(string reason) =>
        ChangeAsync("Frozen", (actor, id) => Accounts.FreezeAsync(actor, id, reason, CancellationToken.None));

    private Task<Error?> UnfreezeAsync(string reason) =>
        ChangeAsync("Unfrozen", (actor, id) => Accounts.UnfreezeAsync(actor, id, reason, CancellationToken.None));

    private Task<Error?> ChangeAsync(string done, Func<Actor, string, Task<Result<Account>>> change)
    {
        var account = _file!.Account;
        return Actions.RunAsync(actor => change(actor, account.Id), done, account.Number.Masked, ChangedAsync);
    }
}
