using BankPortal.Web.Components.Products;
using Microsoft.AspNetCore.Components.Web;

namespace BankPortal.Web.Features.Accounts;

/// <summary>Shows one account of the customer: balance, limits and last entries. The customer can rename and close it here.</summary>
public sealed partial class AccountDetailsPage
{
    private const int RecentEntries = 10;

    private Account? _account;
    private ImmutableArray<HistoryLine> _recent = [];
    private ShownTerms? _terms;
    private bool _renaming;
    private string _nickname = "";
    private string? _nicknameError;
    private bool _closing;
    private string? _closeError;
    private ElementReference _nicknameInput;
    private ElementReference _renameButton;
    private bool _focusNickname;
    private bool _focusRename;

    [Inject] public required AccountService AccountService { get; init; }

    [Inject] public required TransferService Transfers { get; init; }

    [Inject] public required HistoryService History { get; init; }

    [Inject] public required ShownTermsReader Terms { get; init; }

    [Inject] public required TransferFeed Feed { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    /// <summary>The account's id.</summary>
    [Parameter] public string Id { get; set; } = "";

    protected override object? LoadKey => Id;

    // Money moved, here or in another browser.
    protected override LivePlan Live { get; } = new(TimeSpan.FromMilliseconds(500));

    protected override IDisposable Follow(string userId, Action changed)
    {
        var id = Id;
        return Feed.Subscribe(userId, transfer =>
        {
            if (transfer.DebitAccountId == id || transfer.CreditAccountId == id)
            {
                changed();
            }
        });
    }

    protected override async Task<AccountDetailsContent> ReadAsync(Actor actor, CancellationToken ct)
    {
        var id = Id;
        var terms = Terms.ReadAsync(actor, id, ct);
        var found = await AccountService.GetAsync(actor, id, ct);
        var recent = found.IsSuccess
            ? await History.SearchAsync(actor, new HistoryFilter { AccountId = id }, null, RecentEntries, ct)
            : new NotFoundError("account");
        return new AccountDetailsContent(
            id,
            found.IsSuccess ? found.Value : null,
            recent.IsSuccess ? recent.Value.Lines : [],
            await terms);
    }

    protected override void Show(AccountDetailsContent content)
    {
        if (content.Id == Id)
        {
            (_account, _recent, _terms) = (content.Account, content.Recent, content.Terms);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var (nickname, rename) = (_focusNickname, _focusRename);
        _focusNickname = _focusRename = false;
        if (nickname)
        {
            await TryFocusAsync(() => _nicknameInput.FocusAsync());
        }
        else if (rename)
        {
            await TryFocusAsync(() => _renameButton.FocusAsync());
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

    private Task RenameAsync() => ChangeAsync(
        actor => AccountService.RenameAsync(actor, Id, _nickname, CancellationToken.None),
        renamed =>
        {
            CancelRename();
            Toasts.Done("Renamed", renamed.Label);
        },
        message => _nicknameError = message);

    private void AskToClose()
    {
        _closeError = null;
        _closing = true;
    }

    private Task CloseAsync() => ChangeAsync(
        actor => AccountService.CloseAsync(actor, Id, CancellationToken.None),
        closed =>
        {
            _closeError = null;
            Toasts.Done("Account closed", closed.Label);
        },
        message => _closeError = message);

    private async Task ChangeAsync(Func<Actor, Task<Result<Account>>> command, Action<Account> done, Action<string> refused)
    {
        if (_account is null)
        {
            return;
        }

        var error = await RunOnceAsync(
            async () => await command(await Actors.GetAsync(Gone)),
            changed =>
            {
                _account = changed;
                done(changed);
            });
        if (error is not null)
        {
            refused(error is UnexpectedError fault ? $"{fault.Message} Reference: {fault.Reference}" : error.Message);
        }
    }
}
