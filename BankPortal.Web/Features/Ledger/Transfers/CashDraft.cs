using BankPortal.Core.Ledger.Payees;

namespace BankPortal.Web.Features.Ledger.Transfers;

/// <summary>What a person has entered into the form for paying cash in or taking it out. Not thread-safe.</summary>
public sealed class CashDraft(TransferService transfers) : IMoneyForm
{
    /// <summary>Whether cash is paid in; otherwise it is taken out.</summary>
    public bool IsDeposit { get; set; }

    /// <summary>The account to choose, if the address names one.</summary>
    public string? Wanted { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<Account> Accounts { get; set; } = [];

    /// <inheritdoc/>
    public FieldErrors Errors { get; } = new();

    /// <summary>The chosen account.</summary>
    public string AccountId { get; private set; } = "";

    /// <summary>The amount.</summary>
    public MoneyEntry Amount { get; private set; } = MoneyEntry.Empty;

    /// <summary>What it is for.</summary>
    public string Description { get; private set; } = "";

    /// <summary>What was last checked without an error; <see langword="null"/> before.</summary>
    public CashReview? Review { get; private set; }

    /// <summary>The name of the account's field, as the bank names it in a refusal.</summary>
    public string AccountField => IsDeposit ? "to" : "from";

    /// <inheritdoc/>
    public Account? Shown => Accounts.FirstOrDefault(account => account.Id == AccountId);

    /// <inheritdoc/>
    public Money? Movement => IsDeposit ? Amount.Value : -Amount.Value;

    /// <inheritdoc/>
    public bool IsUsable => Accounts.Any(MayUse);

    /// <summary>The currency of the amount.</summary>
    public Currency Currency => Shown?.Currency ?? Accounts[0].Currency;

    /// <summary>What may enter or leave the account now; <see langword="null"/> while none is chosen.</summary>
    public RemainingLimits? Limits => Shown is { } account ? transfers.LimitsOf(account) : null;

    /// <inheritdoc/>
    public bool HasField(string name) => name is "amount" or "description" || name == AccountField;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Payee>> ReadPayeesAsync(Actor actor, CancellationToken ct) => Task.FromResult<IReadOnlyList<Payee>>([]);

    /// <inheritdoc/>
    public void Prepare(IReadOnlyList<Payee> payees)
    {
        var wanted = Accounts.FirstOrDefault(account => account.Id == Wanted);
        AccountId = (wanted is not null && MayUse(wanted) ? wanted : Accounts.FirstOrDefault(MayUse))?.Id ?? "";
        Amount = MoneyEntry.Empty;
        Description = "";
        Review = null;
    }

    /// <inheritdoc/>
    public void ShowError(string field, string message)
    {
        if (field == "amount")
        {
            Amount = Amount.Refused(message);
        }
        else
        {
            Errors[field] = message;
        }
    }

    /// <summary>Chooses the account.</summary>
    public void ChooseAccount(string accountId)
    {
        AccountId = accountId;
        Errors[AccountField] = null;
        if (Amount.Value is not null && Shown is { } account)
        {
            Amount = WithRules(MoneyEntry.Typing(Amount.Text, account.Currency));
        }
    }

    /// <summary>Takes the amount as typed so far.</summary>
    public void TypeAmount(MoneyEntry entry) => Amount = WithRules(entry);

    /// <summary>Takes the description as typed so far.</summary>
    public void TypeDescription(string? text)
    {
        Description = text ?? "";
        Errors["description"] = SpendingRules.DescriptionError(Description);
    }

    /// <inheritdoc/>
    public bool Check()
    {
        Errors.Clear();
        Errors[AccountField] = Shown is null ? "Choose an account." : null;
        Errors["description"] = SpendingRules.DescriptionError(Description);
        Amount = WithRules(Amount.Check(Currency).Tidied());
        if (Errors.Any || Amount.Error is not null || Shown is not { } account || Amount.Value is not { } amount)
        {
            return false;
        }

        Review = new CashReview(
            account, amount, TextInput.Clean(Description), IsDeposit ? account.Available + amount : account.Available - amount);
        return true;
    }

    private bool MayUse(Account account) => IsDeposit || account.Status == AccountStatus.Active;

    // Shown while typing; the ledger decides by the same rules on the balances of then.
    private MoneyEntry WithRules(MoneyEntry entry) =>
        entry is { Error: null, Value: { IsPositive: true } amount } && Shown is { } account && RuleAgainst(amount, account) is { } rule
            ? entry.Refused(rule.Message)
            : entry;

    private Error? RuleAgainst(Money amount, Account account)
    {
        var limits = transfers.LimitsOf(account);
        return !IsDeposit ? SpendingRules.Against(amount, account, limits)
            : amount > limits.PerDeposit ? new OverDepositLimitError(limits.PerDeposit)
            : null;
    }
}

/// <summary>Cash to be paid in or taken out, checked and shown for confirmation.</summary>
/// <param name="Account">The account, as read for the review.</param>
/// <param name="Amount">The amount; positive.</param>
/// <param name="Description">What it is for.</param>
/// <param name="AvailableAfter">What will be available in the account afterwards.</param>
public sealed record CashReview(Account Account, Money Amount, string Description, Money AvailableAfter);
