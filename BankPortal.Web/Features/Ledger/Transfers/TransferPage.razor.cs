using BankPortal.Core.Ledger.Payees;
using Microsoft.JSInterop;

namespace BankPortal.Web.Features.Ledger.Transfers;

/// <summary>Sending money: to somebody paid before, to somebody new, or between the customer's own accounts.</summary>
public sealed partial class TransferPage
{
    private const string NameConfirmed = "name-confirmed";
    private const string DuplicateConfirmed = "duplicate-confirmed";

    private ElementReference _formHeading;
    private IReadOnlyList<Payee> _payees = [];
    private string _fromId = "";
    private PayeeKind _kind;
    private string _payeeId = "";
    private string _number = "";
    private string _name = "";
    private string _ownId = "";
    private MoneyEntry _amount = MoneyEntry.Empty;
    private string _description = "";
    private TransferReview? _review;
    private DateTimeOffset? _duplicateAt;
    private bool _needsSecondFactor;
    private bool _nameConfirmed;
    private bool _duplicateConfirmed;

    private Account? From => Find(_fromId);

    private Currency Currency => From?.Currency ?? Accounts[0].Currency;

    private List<Account> Targets => [.. Accounts.Where(account => account.Id != _fromId)];

    private bool NeedsNameConfirmed => _review?.NameMatch is NameMatch.CloseMatch or NameMatch.NoMatch;

    private IEnumerable<(PayeeKind Kind, string Words)> Kinds
    {
        get
        {
            if (_payees.Count > 0)
            {
                yield return (PayeeKind.Known, "Paid before");
            }

            yield return (PayeeKind.New, "Someone new");
            yield return (PayeeKind.Own, "My accounts");
        }
    }

    protected override ElementReference HeadingOf(MoneyStep step) => step == MoneyStep.Form ? _formHeading : Heading;

    protected override bool HasField(string name) => name is "from" or "to" or "number" or "name" or "amount" or "description";

    protected override async Task PrepareAsync(Actor actor, CancellationToken ct)
    {
        _payees = await Transfers.ListPayeesAsync(actor, ct);
        _fromId = (Find(FromId) is { } wanted && MayPayFrom(wanted) ? wanted : Accounts.FirstOrDefault(MayPayFrom))?.Id ?? "";
        _kind = _payees.Count > 0 ? PayeeKind.Known : PayeeKind.New;
        _payeeId = _number = _name = _ownId = _description = "";
        _amount = MoneyEntry.Empty;
        ForgetReview();

        // An id in the address only chooses among what is the customer's own; anything else is as if it were not there.
        if (Find(ToId) is { } own)
        {
            _kind = PayeeKind.Own;
            _ownId = own.Id;
            if (own.Id == _fromId)
            {
                _fromId = Accounts.FirstOrDefault(account => account.Id != own.Id && MayPayFrom(account))?.Id ?? "";
            }
        }
        else if (_payees.Any(payee => payee.AccountId == ToId))
        {
            _payeeId = ToId!;
        }
    }

    protected override void ShowMistake(string field, string sentence)
    {
        if (field == "amount")
        {
            _amount = _amount.Refused(sentence);
        }
        else
        {
            // The payee of the list has the fields "number", "name" and "to" in one.
            base.ShowMistake(_kind == PayeeKind.Known && field is "number" or "name" or "to" ? "payee" : field == "to" && _kind == PayeeKind.New ? "number" : field, sentence);
        }
    }

    private static bool MayPayFrom(Account account) => account.Status == AccountStatus.Active;

    private static string? NumberMistake(string number)
    {
        if (AccountNumber.TryParse(number, out _))
        {
            return null;
        }

        var digits = number.Count(char.IsAsciiDigit);
        return digits == 0 ? "Enter the account number."
            : digits != AccountNumber.Length ? $"An account number has ten digits; this has {digits.ToString(System.Globalization.CultureInfo.InvariantCulture)}."
            : "This is not a valid account number: one of the digits must be wrong.";
    }

    private static string? NameMistake(string name) =>
        TextInput.Clean(name).Length == 0 ? "Enter the name of the person you want to pay." : null;

    private void ChooseFrom(string accountId)
    {
        _fromId = accountId;
        SetMistake("from", null);
        SetMistake("to", null);
        if (_ownId == accountId)
        {
            _ownId = "";
        }

        CheckAmountAgain();
    }

    private void ChooseKind(PayeeKind kind)
    {
        _kind = kind;
        foreach (var field in new[] { "payee", "number", "name", "to" })
        {
            SetMistake(field, null);
        }

        CheckAmountAgain();
    }

    private void ChoosePayee(ChangeEventArgs e)
    {
        var id = e.Value as string ?? "";
        _payeeId = _payees.Any(payee => payee.AccountId == id) ? id : "";
        SetMistake("payee", null);
    }

    private void ChooseOwn(string accountId)
    {
        _ownId = accountId;
        SetMistake("to", null);
    }

    private void TypeNumber(string? text)
    {
        _number = text ?? "";
        if (MistakeIn("number") is not null)
        {
            SetMistake("number", NumberMistake(_number));
        }
    }

    private void LeaveNumber(ChangeEventArgs e)
    {
        _number = e.Value as string ?? "";
        SetMistake("number", _number.Length == 0 ? null : NumberMistake(_number));
        if (AccountNumber.TryParse(_number, out var number))
        {
            _number = number.Grouped;
        }
    }

    private void TypeName(string? text)
    {
        _name = text ?? "";
        if (MistakeIn("name") is not null)
        {
            SetMistake("name", NameMistake(_name));
        }
    }

    private void LeaveName(ChangeEventArgs e) => _name = e.Value as string ?? "";

    private void TypeAmount(MoneyEntry entry) => _amount = WithRules(entry);

    private void TypeDescription(string? text)
    {
        _description = text ?? "";
        SetMistake("description", DescriptionMistake(_description));
    }

    private void ConfirmName(ChangeEventArgs e)
    {
        _nameConfirmed = e.Value is true;
        SetMistake(NameConfirmed, null);
    }

    private void ConfirmDuplicate(ChangeEventArgs e)
    {
        _duplicateConfirmed = e.Value is true;
        SetMistake(DuplicateConfirmed, null);
    }

    private void CheckAmountAgain()
    {
        if (_amount.Value is not null)
        {
            _amount = WithRules(MoneyEntry.Typing(_amount.Text, Currency));
        }
    }

    // Told while typing; the ledger decides by the same rules on what the books say then.
    private MoneyEntry WithRules(MoneyEntry entry) =>
        entry is { Error: null, Value: { IsPositive: true } amount } && From is { } from
        && SpendingRules.Against(amount, from, _kind == PayeeKind.Own ? null : Transfers.LimitsOf(from)) is { } rule
            ? entry.Refused(rule.Message)
            : entry;

    private TransferTarget? Target() => _kind switch
    {
        PayeeKind.Own => Find(_ownId) is { } own ? new TransferTarget.OwnAccount(own.Id) : null,
        PayeeKind.Known => _payees.FirstOrDefault(p => p.AccountId == _payeeId) is { } payee ? new TransferTarget.Someone(payee.Number.Digits, payee.Name) : null,
        _ => new TransferTarget.Someone(_number, _name),
    };

    private void CheckFields()
    {
        SetMistake("from", From is null ? "Choose an account." : null);
        SetMistake("payee", _kind == PayeeKind.Known && Target() is null ? "Choose whom you want to pay." : null);
        SetMistake("number", _kind == PayeeKind.New ? NumberMistake(_number) : null);
        SetMistake("name", _kind == PayeeKind.New ? NameMistake(_name) : null);
        SetMistake("to", _kind == PayeeKind.Own && Target() is null ? "Choose the account to move the money to." : null);
        SetMistake("description", DescriptionMistake(_description));
        SetMistake(NameConfirmed, null);
        SetMistake(DuplicateConfirmed, null);
        _amount = WithRules(_amount.Check(Currency).Tidied());
    }

    private Task ReviewAsync() => ActAsync(async actor =>
    {
        if (Step != MoneyStep.Form)
        {
            return;
        }

        await RefreshAccountsAsync(actor);
        CheckFields();
        if (HasMistakes || _amount is not { Error: null, Value: { } amount } || From is not { } from || Target() is not { } target)
        {
            FocusFirstMistake();
            return;
        }

        var review = await Transfers.ReviewAsync(actor, new TransferRequest(Key, from.Id, target, amount, _description), Gone);
        if (!review.IsSuccess)
        {
            Refuse(review.Error);
            return;
        }

        ForgetReview();
        _review = review.Value;
        _duplicateAt = review.Value.DuplicateOf;
        _needsSecondFactor = Transfers.NeedsSecondFactor(actor, review.Value);
        GoTo(MoneyStep.Review);
    });

    private async Task SendAsync()
    {
        if (Step != MoneyStep.Review || _review is not { } review)
        {
            return;
        }

        if (_needsSecondFactor)
        {
            await AskForSecondFactorAsync();
            return;
        }

        SetMistake(NameConfirmed, NeedsNameConfirmed && !_nameConfirmed ? "Tick this if you are sure, or change the details." : null);
        SetMistake(DuplicateConfirmed, _duplicateAt is not null && !_duplicateConfirmed ? "Tick this if you want to send it again." : null);
        if (HasMistakes)
        {
            FocusFirstMistake();
            return;
        }

        await ConfirmAsync(async actor =>
        {
            var result = await Transfers.SendAsync(actor, review, _duplicateAt is not null && _duplicateConfirmed, CancellationToken.None);
            _needsSecondFactor = result.Error is SecondFactorNeededError;
            return result;
        });
    }

    // The same address again afterwards: the draft fills the form, and the review is made anew from the books of then.
    private Task AskForSecondFactorAsync() => ActAsync(async _ =>
    {
        var here = new Uri(Navigation.Uri).PathAndQuery;
        try
        {
            await Js.InvokeVoidAsync("bankPortal.keepDraft", Gone, DraftKey);
        }
        catch (JSException)
        {
            // Without the browser's storage the details have to be typed again.
        }

        Navigation.NavigateTo(IdentityRoutes.VerifyThen(here), forceLoad: true);
    });

    protected override bool TakeRefusal(Error error)
    {
        switch (error)
        {
            case LikelyDuplicateError duplicate:
                _duplicateAt = duplicate.At;
                _duplicateConfirmed = false;
                return true;
            default:
                return false;
        }
    }

    private void ForgetReview()
    {
        _review = null;
        _duplicateAt = null;
        _needsSecondFactor = _nameConfirmed = _duplicateConfirmed = false;
    }
}
