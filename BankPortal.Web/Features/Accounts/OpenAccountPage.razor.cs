using BankPortal.Web.Components.Transactions;

namespace BankPortal.Web.Features.Accounts;

/// <summary>Opening a further account. The key in the address makes one visit open one account, however often it is sent.</summary>
public sealed partial class OpenAccountPage
{
    private FormKey? _key;
    private AccountType? _type;
    private string _nickname = "";
    private string? _typeError;
    private string? _nicknameError;
    private Error? _problem;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required AccountService AccountService { get; init; }

    [Inject] public required AccountOptions Options { get; init; }

    [Inject] public required LedgerOptions LedgerOptions { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    /// <summary>The idempotency key in the address.</summary>
    [SupplyParameterFromQuery(Name = FormKey.Parameter)] public string? Op { get; set; }

    protected override object? LoadKey => _key?.Value;

    private string DraftName => _key?.DraftName ?? "";

    private IEnumerable<Kind> Kinds =>
    [
        KindOf(AccountType.Checking, IconName.Wallet, "For everyday money: wages in, rent and shopping out."),
        KindOf(AccountType.Savings, IconName.Bank, "For putting money aside. Lower limits keep it safer."),
    ];

    protected override async Task OnParametersSetAsync()
    {
        (_key ??= new FormKey(Navigation)).Follow(Op);
        await base.OnParametersSetAsync();
    }

    // Who comes back to a form that has done its work is led to the account it opened.
    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var opened = await AccountService.GetAsync(actor, AccountService.IdOf(actor.UserId, _key!.Value), ct);
        if (opened.IsSuccess)
        {
            Navigation.NavigateTo(BankRoutes.AccountDetails(opened.Value.Id), replace: true);
            return;
        }

        _type = null;
        _nickname = "";
        _typeError = _nicknameError = null;
        _problem = null;
    }

    private Kind KindOf(AccountType type, IconName icon, string purpose)
    {
        var limits = LedgerOptions.LimitsOf(type);
        var currency = Currency.Of(Options.Currency);
        return new Kind(
            type,
            AccountText.Name(type),
            purpose,
            icon,
            AccountLimits.In(limits.PerTransfer, currency),
            AccountLimits.In(limits.PerDay, currency)
        );
    }

    private void Choose(AccountType type)
    {
        _type = type;
        _typeError = null;
    }

    private void TypeNickname(string? text)
    {
        _nickname = text ?? "";
        _nicknameError = AccountService.NicknameRefusal(_nickname)?.Message;
    }

    private async Task OpenAsync()
    {
        _problem = null;
        _typeError = _type is null ? "Choose what the account is for." : null;
        if (_type is not { } type || _nicknameError is not null)
        {
            return;
        }

        var error = await RunOnceAsync(
            async () =>
                await AccountService.OpenAsync(
                    await Actors.GetAsync(Gone),
                    new OpenAccount(_key!.Value, type, _nickname),
                    CancellationToken.None
                ),
            opened =>
            {
                Toasts.Done("Account opened", opened.Label);
                Navigation.NavigateTo(BankRoutes.AccountDetails(opened.Id), replace: true);
            });
        switch (error?.Field)
        {
            case "nickname":
                _nicknameError = error.Message;
                break;
            case "type":
                _typeError = error.Message;
                break;
            default:
                _problem = error;
                break;
        }
    }

    private sealed record Kind(AccountType Type, string Name, string Purpose, IconName Icon, Money PerTransfer, Money PerDay);
}
