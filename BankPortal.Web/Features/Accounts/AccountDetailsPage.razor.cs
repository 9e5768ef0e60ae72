using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace BankPortal.Web.Features.Accounts;

/// <summary>One account of the customer: what is in it, what may leave it, what happened last, its name and its end.</summary>
public sealed partial class AccountDetailsPage
{
    private const int RecentEntries = 10;

    private Account? _account;
    private ImmutableArray<HistoryLine> _recent = [];
    private IDisposable? _watching;
    private bool _busy;
    private bool _renaming;
    private string _nickname = "";
    private string? _nicknameError;
    private bool _closing;
    private string? _closeError;
    private ElementReference _nicknameInput;
    private ElementReference _renameButton;
    private bool _focusNickname;
    private bool _focusRename;

    [Inject]
    public required ActorProvider Actors { get; init; }

    [Inject]
    public required AccountService AccountService { get; init; }

    [Inject]
    public required TransferService Transfers { get; init; }

    [Inject]
    public required HistoryService History { get; init; }

    [Inject]
    public required TransferFeed Feed { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    /// <summary>The account's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    protected override object? LoadKey => Id;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var id = Id;
        var actor = await Actors.GetAsync(ct);
        _watching ??= Feed.Subscribe(actor.UserId, OnTransfer);
        var found = await AccountService.GetAsync(actor, id, ct);
        var recent = found.IsSuccess
            ? await History.SearchAsync(actor, new HistoryFilter { AccountId = id }, null, RecentEntries, ct)
            : new NotFoundError("account");
        if (id != Id)
        {
            return;
        }

        _account = found.IsSuccess ? found.Value : null;
        _recent = recent.IsSuccess ? recent.Value.Lines : [];
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var (nickname, rename) = (_focusNickname, _focusRename);
        _focusNickname = _focusRename = false;
        try
        {
            if (nickname)
            {
                await _nicknameInput.FocusAsync();
            }
            else if (rename)
            {
                await _renameButton.FocusAsync();
            }
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException or InvalidOperationException)
        {
            // Focus is a convenience; the page works without.
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

    // Money moved, here or in another browser: read again, without a skeleton.
    private void OnTransfer(Transfer transfer)
    {
        if (transfer.DebitAccountId == Id || transfer.CreditAccountId == Id)
        {
            _ = InvokeAsync(() => Gone.IsCancellationRequested ? Task.CompletedTask : ReloadAsync(quietly: true));
        }
    }

    private void StartRename()
    {
        _nickname = _account?.Nickname ?? "";
        _nicknameError = null;
        _renaming = _focusNickname = true;
    }

    private void CancelRename()
    {
        _renaming = false;
        _focusRename = true;
    }

    private void CancelRenameByKey(KeyboardEventArgs e)
    {
        if (e.Key == "Escape")
        {
            CancelRename();
        }
    }

    private void TypeNickname(string? text)
    {
        _nickname = text ?? "";
        _nicknameError = AccountService.NicknameRefusal(_nickname)?.Message;
    }

    private Task RenameAsync() => ActAsync(
        actor => AccountService.RenameAsync(actor, Id, _nickname, CancellationToken.None),
        renamed =>
        {
            CancelRename();
            Toasts.Done("Renamed", renamed.Label);
        },
        sentence => _nicknameError = sentence);

    private void AskToClose()
    {
        _closeError = null;
        _closing = true;
    }

    private Task CloseAsync() => ActAsync(
        actor => AccountService.CloseAsync(actor, Id, CancellationToken.None),
        closed =>
        {
            _closeError = null;
            Toasts.Done("Account closed", closed.Label);
        },
        sentence => _closeError = sentence);

    private async Task ActAsync(Func<Actor, Task<Result<Account>>> act, Action<Account> done, Action<string> refused)
    {
        if (_busy || _account is null)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await act(await Actors.GetAsync(Gone));
            if (result.IsSuccess)
            {
                _account = result.Value;
                done(result.Value);
            }
            else
            {
                refused(result.Error.Message);
            }
        }
        catch (SessionOverException)
        {
            // The tab is being sent to the sign-in page.
        }
#pragma warning disable CA1031 // Whatever fails is said where the person looks, with a reference into the log.
        catch (Exception exception) when (!Gone.IsCancellationRequested)
#pragma warning restore CA1031
        {
            var fault = UnexpectedError.Log(LoggerFactory.CreateLogger<AccountDetailsPage>(), exception);
            refused($"{fault.Message} Reference: {fault.Reference}");
        }
        finally
        {
            _busy = false;
        }
    }
}
