namespace BankPortal.Web.Features.Ledger.Transfers;

/// <summary>Paying cash in and taking it out: one page at two addresses, for they differ in words and limits only.</summary>
public sealed partial class CashPage
{
    private ElementReference _formHeading;
    private string _accountId = "";
    private MoneyEntry _amount = MoneyEntry.Empty;
    private string _description = "";
    private Reviewed? _reviewed;

    private bool IsDeposit => string.Equals(PagePath, BankRoutes.Deposit, StringComparison.OrdinalIgnoreCase);

    private string Title => IsDeposit ? "Deposit" : "Withdraw";

    private string FormTitle => IsDeposit ? "Pay in cash or a cheque" : "Take out cash";

    private string AnotherText => IsDeposit ? "Make another deposit" : "Make another withdrawal";

    private string AccountField => IsDeposit ? "to" : "from";

    private Account? Chosen => Find(_accountId);

    private Currency Currency => Chosen?.Currency ?? Accounts[0].Currency;

    protected override ElementReference HeadingOf(MoneyStep step) => step == MoneyStep.Form ? _formHeading : Heading;

    protected override bool HasField(string name) => name is "amount" or "description" || name == AccountField;

    protected override Task PrepareAsync(Actor actor, CancellationToken ct)
    {
        var wanted = Find(IsDeposit ? ToId ?? FromId : FromId ?? ToId);
        _accountId = (wanted is not null && MayUse(wanted) ? wanted : Accounts.FirstOrDefault(MayUse))?.Id ?? "";
        _amount = MoneyEntry.Empty;
        _description = "";
        _reviewed = null;
        return Task.CompletedTask;
    }

    protected override void ShowMistake(string field, string sentence)
    {
        if (field == "amount")
        {
            _amount = _amount.Refused(sentence);
        }
        else
        {
            base.ShowMistake(field, sentence);
        }
    }

    private static Money Most(Account account) => Money.Max(account.Spendable, Money.Zero(account.Currency));

    private bool MayUse(Account account) => IsDeposit || account.Status == AccountStatus.Active;

    private void ChooseAccount(string accountId)
    {
        _accountId = accountId;
        SetMistake(AccountField, null);
        if (_amount.Value is not null && Chosen is { } account)
        {
            _amount = WithRules(MoneyEntry.Typing(_amount.Text, account.Currency));
        }
    }

    private void TypeAmount(MoneyEntry entry) => _amount = WithRules(entry);

    private void TypeDescription(string? text)
    {
        _description = text ?? "";
        SetMistake("description", DescriptionMistake(_description));
    }

    private MoneyEntry WithRules(MoneyEntry entry) =>
        entry is { Error: null, Value: { IsPositive: true } amount } && Chosen is { } account && RuleAgainst(amount, account) is { } rule
            ? entry.Refused(rule.Message)
            : entry;

    // Told while typing; the ledger decides by the same rules on what the books say then.
    private Error? RuleAgainst(Money amount, Account account)
    {
        var limits = Transfers.LimitsOf(account);
        return IsDeposit
            ? amount > limits.PerDeposit ? new OverDepositLimitError(limits.PerDeposit) : null
            : SpendingRules.Against(amount, account, limits);
    }

    private Task ReviewAsync() => ActAsync(async actor =>
    {
        if (Step != MoneyStep.Form)
        {
            return;
        }

        await RefreshAccountsAsync(actor);
        SetMistake(AccountField, Chosen is null ? "Choose an account." : null);
        SetMistake("description", DescriptionMistake(_description));
        _amount = WithRules(_amount.Check(Currency).Tidied());
        if (HasMistakes || _amount.Error is not null || Chosen is not { } account || _amount.Value is not { } amount)
        {
            FocusFirstMistake();
            return;
        }

        _reviewed = new Reviewed(
            account, amount, TextInput.Clean(_description), IsDeposit ? account.Available + amount : account.Available - amount);
        GoTo(MoneyStep.Review);
    });

    private Task SendAsync() => ConfirmAsync(actor => _reviewed is not { } reviewed
        ? Task.FromResult<Result<Transfer>>(new NotFoundError("form"))
        : IsDeposit
            ? Transfers.DepositAsync(actor, Key, reviewed.Account.Id, reviewed.Amount, reviewed.Description, CancellationToken.None)
            : Transfers.WithdrawAsync(actor, Key, reviewed.Account.Id, reviewed.Amount, reviewed.Description, CancellationToken.None));

    private sealed record Reviewed(Account Account, Money Amount, string Description, Money AvailableAfter);
}
