using BankPortal.Core.Ledger.Payees;
using BankPortal.Core.Scheduling.StandingOrders;

namespace BankPortal.Web.Features.Scheduling.StandingOrders;

/// <summary>What a person has entered into the form of a standing order, and what is wrong with it. Not thread-safe.</summary>
internal sealed class StandingOrderDraft
{
    /// <summary>The customer's accounts that are not closed.</summary>
    public IReadOnlyList<Account> Accounts { get; set; } = [];

    /// <summary>Whom the customer has paid before.</summary>
    public IReadOnlyList<Payee> Payees { get; set; } = [];

    /// <summary>The order that is changed; <see langword="null"/> for a new one.</summary>
    public StandingOrder? Changed { get; private set; }

    public string FromId { get; set; } = "";

    /// <summary>To whom: "known", "new" or "own".</summary>
    public string To { get; set; } = "new";

    public string PayeeId { get; set; } = "";

    public string Number { get; set; } = "";

    public string Name { get; set; } = "";

    public string OwnId { get; set; } = "";

    public MoneyEntry Amount { get; set; } = MoneyEntry.Empty;

    public string Description { get; set; } = "";

    public PaymentRhythm Rhythm { get; set; } = PaymentRhythm.Monthly;

    public string Every { get; set; } = "1";

    /// <summary>The first day as the field gives it.</summary>
    public string First { get; set; } = "";

    /// <summary>
    /// Whether monthly payments are always made on the last day; asked when the first day is the last of a shorter month.
    /// </summary>
    public bool IsLastDay { get; set; }

    public BusinessDayRule Rule { get; set; }

    /// <summary>How it ends: "none", "until" or "count".</summary>
    public string End { get; set; } = "none";

    public string Until { get; set; } = "";

    public string Count { get; set; } = "";

    /// <summary>What is wrong, by field.</summary>
    public Dictionary<string, string> Errors { get; } = new(StringComparer.Ordinal);

    /// <summary>The currency of the amount.</summary>
    public Currency Currency => From?.Currency ?? (Accounts.Count > 0 ? Accounts[0].Currency : Currency.Usd);

    /// <summary>The account to take from.</summary>
    public Account? From => Accounts.FirstOrDefault(account => account.Id == FromId);

    /// <summary>The customer's accounts that the money can be moved to.</summary>
    public IReadOnlyList<Account> Targets => [.. Accounts.Where(account => account.Id != FromId)];

    /// <summary>Whether the first day is the last of a month that others are longer than.</summary>
    public bool AsksForLastDay => Rhythm == PaymentRhythm.Monthly
        && PaymentDay.Parse(First, "first") is { IsSuccess: true, Value: var day }
        && day.Day < 31
        && day.Day == DateTime.DaysInMonth(day.Year, day.Month);

    /// <summary>The target as chosen; <see langword="null"/> while none is.</summary>
    public TransferTarget? Target => To switch
    {
        "own" => Targets.Any(account => account.Id == OwnId) ? new TransferTarget.OwnAccount(OwnId) : null,
        "known" => Payees.FirstOrDefault(payee => payee.AccountId == PayeeId) is { } payee
            ? new TransferTarget.Someone(payee.Number.Digits, payee.Name)
            : null,
        _ => new TransferTarget.Someone(Number, Name),
    };

    /// <summary>The message of a field.</summary>
    public string? Error(string field) => Errors.GetValueOrDefault(field);

    /// <summary>Begins a new order.</summary>
    public void Begin(string? wantedFrom, string? wantedTo)
    {
        FromId = (Usable(Accounts.FirstOrDefault(account => account.Id == wantedFrom)) ?? Accounts.Select(Usable).FirstOrDefault(a => a is not null))?.Id ?? "";
        To = Payees.Count > 0 ? "known" : "new";
        if (Accounts.Any(account => account.Id == wantedTo && account.Id != FromId))
        {
            (To, OwnId) = ("own", wantedTo!);
        }
        else if (Payees.Any(payee => payee.AccountId == wantedTo))
        {
            PayeeId = wantedTo!;
        }
    }

    /// <summary>Shows an order to be changed.</summary>
    public void Begin(StandingOrder order)
    {
        Changed = order;
        FromId = order.FromAccountId;
        Amount = MoneyEntry.Of(order.Amount);
        Description = order.Description;
        var schedule = order.Schedule;
        Rhythm = schedule.Rhythm;
        Every = Text(schedule.Every);
        First = Text(order.NextDate ?? schedule.First);
        IsLastDay = schedule is { Rhythm: PaymentRhythm.Monthly, Day: 31 };
        Rule = schedule.Rule;
        End = schedule.Until is not null ? "until" : schedule.Count is not null ? "count" : "none";
        Until = schedule.Until is { } until ? Text(until) : "";
        Count = schedule.Count is { } count ? Text(Math.Max(1, count - order.NextIndex)) : "";
    }

    /// <summary>Checks all fields.</summary>
    /// <returns>The dates, if all is complete and correct as far as can be told here.</returns>
    public PaymentSchedule? Check()
    {
        Errors.Clear();
        Require(From is not null, "from", "Choose an account.");
        if (Changed is null)
        {
            Require(To != "known" || Target is not null, "payee", "Choose whom you want to pay.");
            Require(To != "own" || Target is not null, "to", "Choose the account to move the money to.");
            if (To == "new")
            {
                Require(AccountNumber.TryParse(Number, out _), "number", AccountNumber.ErrorIn(Number) ?? "");
                Require(TextInput.Clean(Name).Length > 0, "name", "Enter the name of the person you want to pay.");
            }
        }

        Require(
            TextInput.Clean(Description).Length <= LedgerRules.MaxDescriptionLength,
            "description",
            $"Use {Text(LedgerRules.MaxDescriptionLength)} characters at most.");
        Amount = Amount.Check(Currency).Tidied();
        var isOnce = Rhythm == PaymentRhythm.Once;
        var first = Day(First, "first");
        var every = isOnce ? 1 : Whole(Every, "every");
        var until = isOnce || End != "until" ? null : Day(Until, "until");
        var count = isOnce || End != "count" ? null : Whole(Count, "count");
        if (Errors.Count > 0 || Amount is not { Error: null, Value: not null } || first is not { } start || every is not { } step)
        {
            return null;
        }

        var schedule = new PaymentSchedule
        {
            Rhythm = Rhythm,
            Every = step,
            First = start,
            Day = IsLastDay && Rhythm == PaymentRhythm.Monthly && start.Day == DateTime.DaysInMonth(start.Year, start.Month)
                ? 31
                : DayOf(start),
            Rule = Rule,
            Until = until,
            Count = count,
        };

        // The same dates as before are left as they are, with what has been paid of them.
        return Changed is { NextDate: { } next } order && next == start && schedule == order.Schedule with
        {
            First = start,
            Count = order.Schedule.Count is { } all ? all - order.NextIndex : null,
        }
            ? order.Schedule
            : schedule;
    }

    /// <summary>Shows a refusal at its field.</summary>
    /// <returns>Whether there is such a field.</returns>
    public bool Take(Error refusal)
    {
        if (refusal.Field == "amount")
        {
            Amount = Amount.Refused(refusal.Message);
            return true;
        }

        var field = refusal.Field switch
        {
            "number" or "name" or "to" when To == "known" => "payee",
            "to" when To == "new" => "number",
            var other => other,
        };
        if (field is null or "key")
        {
            return false;
        }

        Errors[field] = refusal.Message;
        return true;
    }

    private static Account? Usable(Account? account) => account is { Status: AccountStatus.Active } ? account : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // A month that was too short does not change the day of the month that was chosen.
    private int DayOf(DateOnly start) =>
        Changed is { Schedule: var before, NextDate: { } next }
        && next == start
        && before.Rhythm == Rhythm
        && (before.Day != 31 || Rhythm != PaymentRhythm.Monthly)
            ? before.Day
            : start.Day;

    private void Require(bool isRight, string field, string message)
    {
        if (!isRight)
        {
            Errors[field] = message;
        }
    }

    private DateOnly? Day(string text, string field)
    {
        var day = PaymentDay.Parse(text, field);
        Require(day.IsSuccess, field, day.Error?.Message ?? "");
        return day.IsSuccess ? day.Value : null;
    }

    private int? Whole(string text, string field)
    {
        var isNumber = int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        Require(isNumber, field, "Enter a whole number.");
        return isNumber ? number : null;
    }
}
