using BankPortal.Core.Ledger.Payees;
using Microsoft.JSInterop;

namespace BankPortal.Web.Features.Ledger.Payees;

/// <summary>The customer's payee book.</summary>
public sealed partial class PayeesPage
{
    private ImmutableArray<ListedPayee> _payees = [];
    private Error? _problem;
    private Error? _refusal;
    private Payee? _removed;
    private bool _isRemoving;
    private string? _edited;
    private string? _editError;
    private string? _nickname;
    private bool _isFavourite;
    private string _number = "";
    private string _name = "";
    private string? _newNickname;
    private bool _isNameConfirmed;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required PayeeService Payees { get; init; }

    [Inject] public required UserTimeZone UserTimeZone { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    protected override async Task LoadAsync(CancellationToken ct) => _payees = await Payees.ListAsync(await Actors.GetAsync(ct), ct);

    private static string NameNote(NameMatch? match) => match switch
    {
        NameMatch.Match => "Name confirmed.",
        NameMatch.CloseMatch => "Name is close, not the same.",
        NameMatch.NoMatch => "Name does not match.",
        _ => "",
    };

    private string Day(DateTimeOffset at) => TimeText.Date(UserTimeZone.ToLocal(at), CultureInfo.CurrentCulture);

    private string? ErrorOf(string field) => _refusal?.Field == field ? _refusal.Message : null;

    private void Edit(Payee payee) =>
        (_edited, _editError, _nickname, _isFavourite) = (payee.AccountId, null, payee.Nickname, payee.IsFavourite);

    private async Task SaveAsync()
    {
        if (_edited is not { } id)
        {
            return;
        }

        _problem = await RunOnceAsync(async () =>
        {
            var result = await Payees.ChangeAsync(await Actors.GetAsync(Gone), id, _nickname, _isFavourite, Gone);
            (_editError, _edited) = (result.Error?.Message, result.IsSuccess ? null : id);
        });
        await ReloadAsync(quietly: true);
    }

    private async Task RemoveAsync()
    {
        if (_removed is { } payee)
        {
            _problem = await RunOnceAsync(async () => await Payees.RemoveAsync(await Actors.GetAsync(Gone), payee.AccountId, Gone));
            await ReloadAsync(quietly: true);
        }
    }

    private async Task AddAsync()
    {
        _refusal = await RunOnceAsync(
            async () => await Payees.AddAsync(await Actors.GetAsync(Gone), _number, _name, _newNickname, _isNameConfirmed, Gone),
            payee => Toasts.Done($"{payee.Label} was added"));
        switch (_refusal)
        {
            case null:
                (_number, _name, _newNickname, _isNameConfirmed) = ("", "", null, false);
                await ReloadAsync(quietly: true);
                break;
            case SecondFactorStaleError:
                await AskForSecondFactorAsync();
                break;
            case PayeeNameDiffersError:
                break;
            default:
                _isNameConfirmed = false;
                break;
        }
    }

    // The same page again afterwards: the draft fills the form.
    private async Task AskForSecondFactorAsync()
    {
        try
        {
            await Js.InvokeVoidAsync("bankPortal.keepDraft", Gone, "payees");
        }
        catch (JSException)
        {
            // Without the browser's storage the details have to be typed again.
        }

        Navigation.NavigateTo(IdentityRoutes.VerifyThen(BankRoutes.Payees), forceLoad: true);
    }
}
