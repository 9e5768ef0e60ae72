using BankPortal.Core.Ledger.Payees;

namespace BankPortal.Web.Features.Ledger.Transfers;

/// <summary>What a person has entered into the transfer form. Not thread-safe.</summary>
public sealed class TransferDraft(TransferService transfers) : IMoneyForm
{
    /// <inheritdoc/>
    public IReadOnlyList<Account> Accounts { get; set; } = [];

    /// <inheritdoc/>
    public FieldErrors Errors { get; } = new();

    /// <summary>The account to choose to take from, if the address names one.</summary>
    public string? WantedFrom { get; set; }

    /// <summary>The account or payee to choose to pay to, if the address names one.</summary>
    public string? WantedTo { get; set; }

    /// <summary>An earlier transfer of the customer's to fill the form with.</summary>
    public Transfer? Repeated { get; set; }

    /// <summary>Whom the customer has paid before.</summary>
    public IReadOnlyList<Payee> Payees { get; private set; } = [];

    /// <summary>The account to take from.</summary>
    public string FromId { get; private set; } = "";

    /// <summary>To whom it goes.</summary>
    public PayeeKind Kind { get; private set; }

    /// <summary>The account of the payee chosen among <see cref="Payees"/>.</summary>
    public string PayeeId { get; private set; } = "";

    /// <summary>The account number of somebody new.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The name of somebody new.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The customer's own account to move the money to.</summary>
    public string OwnId { get; private set; } = "";

    /// <summary>The amount.</summary>
    public MoneyEntry Amount { get; private set; } = MoneyEntry.Empty;

    /// <summary>What it is for.</summary>
    public string Description { get; private set; } = "";

    /// <summary>The account to take from.</summary>
    public Account? From => Find(FromId);

    /// <inheritdoc/>
    public Account? Shown => From;

    /// <inheritdoc/>
    public Money? Movement => -Amount.Value;

    /// <inheritdoc/>
    public bool IsUsable => Accounts.Any(MayPayFrom);

    /// <summary>The currency of the amount.</summary>
    public Currency Currency => From?.Currency ?? Accounts[0].Currency;

    /// <summary>The customer's accounts that the money can be moved to.</summary>
    public IReadOnlyList<Account> Targets => [.. Accounts.Where(account => account.Id != FromId)];

    /// <summary>What may leave the account now; <see langword="null"/> while none is chosen or no limit applies.</summary>
    public RemainingLimits? Limits => From is { } from && Kind != PayeeKind.Own ? transfers.LimitsOf(from) : null;

    /// <summary>To whom it goes; <see langword="null"/> while that is not chosen.</summary>
    public TransferTarget? Target =>
        Kind switch
        {
            PayeeKind.Own => Find(OwnId) is { } own ? new TransferTarget.OwnAccount(own.Id) : null,
            PayeeKind.Known => Payees.FirstOrDefault(p => p.AccountId == PayeeId) is { } payee
                ? new TransferTarget.Someone(payee.Number.Digits, payee.Name)
                : null,
            _ => new TransferTarget.Someone(Number, Name),
        };

    /// <inheritdoc/>
    public bool HasField(string name) => name is "from" or "to" or "number" or "name" or "amount" or "description";

    /// <inheritdoc/>
    public Task<IReadOnlyList<Payee>> ReadPayeesAsync(Actor actor, CancellationToken ct) => transfers.ListPayeesAsync(actor, ct);

    /// <inheritdoc/>
    public void Prepare(IReadOnlyList<Payee> payees)
    {
        Payees = payees;
        var (wantedFrom, wantedTo) = (Repeated?.DebitAccountId ?? WantedFrom, Repeated?.CreditAccountId ?? WantedTo);
        FromId = (Find(wantedFrom) is { } wanted && MayPayFrom(wanted) ? wanted : Accounts.FirstOrDefault(MayPayFrom))?.Id ?? "";
        Kind = Payees.Count > 0 ? PayeeKind.Known : PayeeKind.New;
        PayeeId = Number = Name = OwnId = Description = "";
        Amount = MoneyEntry.Empty;

        // An id in the address only chooses among what is the customer's own; anything else is as if it were not there.
        if (Find(wantedTo) is { } own)
        {
            Kind = PayeeKind.Own;
            OwnId = own.Id;
            if (own.Id == FromId)
            {
                FromId = Accounts.FirstOrDefault(account => account.Id != own.Id && MayPayFrom(account))?.Id ?? "";
            }
        }
        else if (Payees.Any(payee => payee.AccountId == wantedTo))
        {
            PayeeId = wantedTo!;
        }

        if (Repeated is { } repeated && From?.Currency == repeated.Amount.Currency)
        {
            Amount = WithRules(MoneyEntry.Of(repeated.Amount));
            Description = repeated.Description;
        }
    }

    /// <inheritdoc/>
    public void ShowError(string field, string message)
    {
        if (field == "amount")
        {
            Amount = Amount.Refused(message);
            return;
        }

        // The payee of the list has the fields "number", "name" and "to" in one.
        var shown = Kind == PayeeKind.Known && field is "number" or "name" or "to" ? "payee"
            : field == "to" && Kind == PayeeKind.New ? "number"
            : field;
        Errors[shown] = message;
    }

    /// <summary>Chooses the account to take from.</summary>
    public void ChooseFrom(string accountId)
    {
        FromId = accountId;
        Errors["from"] = Errors["to"] = null;
        if (OwnId == accountId)
        {
            OwnId = "";
        }

        CheckAmountAgain();
    }

    /// <summary>Chooses to whom it goes.</summary>
    public void ChooseKind(PayeeKind kind)
    {
        Kind = kind;
        Errors["payee"] = Errors["number"] = Errors["name"] = Errors["to"] = null;
        CheckAmountAgain();
    }

    /// <summary>Chooses a payee; one that is not in the list counts as none.</summary>
    public void ChoosePayee(string? accountId)
    {
        PayeeId = Payees.Any(payee => payee.AccountId == accountId) ? accountId! : "";
        Errors["payee"] = null;
    }

    /// <summary>Chooses the customer's own account to move the money to.</summary>
    public void ChooseOwn(string accountId)
    {
        OwnId = accountId;
        Errors["to"] = null;
    }

    /// <summary>Takes the account number as typed so far; an error that is shown is checked again.</summary>
    public void TypeNumber(string? text)
    {
        Number = text ?? "";
        if (Errors["number"] is not null)
        {
            Errors["number"] = AccountNumber.ErrorIn(Number);
        }
    }

    /// <summary>Takes the account number when its field is left: checked and grouped.</summary>
    public void LeaveNumber(string? text)
    {
        Number = text ?? "";
        Errors["number"] = Number.Length == 0 ? null : AccountNumber.ErrorIn(Number);
        if (AccountNumber.TryParse(Number, out var number))
        {
            Number = number.Grouped;
        }
    }

    /// <summary>Takes the name as typed so far; an error that is shown is checked again.</summary>
    public void TypeName(string? text)
    {
        Name = text ?? "";
        if (Errors["name"] is not null)
        {
            Errors["name"] = NameError(Name);
        }
    }

    /// <summary>Takes the name when its field is left.</summary>
    public void LeaveName(string? text) => Name = text ?? "";

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
        Errors["from"] = From is null ? "Choose an account." : null;
        Errors["payee"] = Kind == PayeeKind.Known && Target is null ? "Choose whom you want to pay." : null;
        Errors["number"] = Kind == PayeeKind.New ? AccountNumber.ErrorIn(Number) : null;
        Errors["name"] = Kind == PayeeKind.New ? NameError(Name) : null;
        Errors["to"] = Kind == PayeeKind.Own && Target is null ? "Choose the account to move the money to." : null;
        Errors["description"] = SpendingRules.DescriptionError(Description);
        Amount = WithRules(Amount.Check(Currency).Tidied());
        return !Errors.Any && Amount is { Error: null, Value: not null };
    }

    private static bool MayPayFrom(Account account) => account.Status == AccountStatus.Active;

    private static string? NameError(string name) =>
        TextInput.Clean(name).Length == 0 ? "Enter the name of the person you want to pay." : null;

    private Account? Find(string? accountId) => Accounts.FirstOrDefault(account => account.Id == accountId);

    private void CheckAmountAgain()
    {
        if (Amount.Value is not null)
        {
            Amount = WithRules(MoneyEntry.Typing(Amount.Text, Currency));
        }
    }

    // Shown while typing; the ledger decides by the same rules on the balances of then.
    private MoneyEntry WithRules(MoneyEntry entry) =>
        entry is { Error: null, Value: { IsPositive: true } amount }
        && From is { } from
        && SpendingRules.Against(amount, from, Limits) is { } rule
            ? entry.Refused(rule.Message)
            : entry;
}
