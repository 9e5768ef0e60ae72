namespace BankPortal.Core.Statements;

/// <summary>The text of statements, in English as in every format: files are the same for every reader.</summary>
public static class StatementText
{
    /// <summary>What every statement says about holds.</summary>
    public const string HoldsNote =
        "Posted movements only. Amounts that are reserved for transfers still being reviewed are not included.";

    /// <summary>What a statement says whose period is not over.</summary>
    public const string ProvisionalNote =
        "Provisional: the period is not over. This statement is not kept and may change; the final one is there once its last day is over.";

    /// <summary>The name of a movement's kind.</summary>
    public static string Kind(StatementMovement movement)
    {
        ArgumentNullException.ThrowIfNull(movement);
        return movement.Kind switch
        {
            TransferKind.Transfer when movement.IsOwn => "Own transfer",
            TransferKind.Purchase => "Card purchase",
            TransferKind.Opening => "Opening balance",
            TransferKind.Withdrawal => "Cash withdrawal",
            TransferKind.Deposit => "Cash deposit",
            TransferKind.LoanPayout => "Loan paid out",
            TransferKind.LoanPayment => "Loan payment",
            var kind => kind.ToString(),
        };
    }

    /// <summary>A movement's first line: who is on the other side, or else what was written, or else what it is.</summary>
    public static string Title(StatementMovement movement)
    {
        ArgumentNullException.ThrowIfNull(movement);
        return movement.Counterparty.Length > 0 ? movement.Counterparty
            : movement.Description.Length > 0 ? movement.Description
            : Kind(movement);
    }

    /// <summary>A movement's second line: what was written, if the first line is not that already.</summary>
    public static string Note(StatementMovement movement)
    {
        ArgumentNullException.ThrowIfNull(movement);
        return movement.Counterparty.Length > 0 ? movement.Description : "";
    }

    /// <summary>The small print below a movement's first line: its kind and its second line, as far as the first line is not that
    /// already.</summary>
    public static string Below(StatementMovement movement)
    {
        var (kind, title, note) = (Kind(movement), Title(movement), Note(movement));
        return note.Length == 0 || string.Equals(note, kind, StringComparison.OrdinalIgnoreCase)
            ? kind == title ? "" : kind
            : $"{kind} · {note}";
    }

    /// <summary>The period as a title: "November 2026", "4th quarter 2026", "2026" or "3 Nov 2026 to 17 Nov 2026".</summary>
    public static string Title(StatementPeriod period) => period.Kind switch
    {
        StatementPeriodKind.Month => period.From.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        StatementPeriodKind.Quarter => string.Create(
            CultureInfo.InvariantCulture, $"{Ordinal(period.QuarterNumber)} quarter {period.From.Year}"),
        StatementPeriodKind.Year => period.From.Year.ToString(CultureInfo.InvariantCulture),
        _ when period.Days == 1 => Day(period.From),
        _ => Day(period.From) + " to " + Day(period.To),
    };

    /// <summary>A day with the month in letters: "3 Nov 2026".</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>An amount as programs read it: a point and all decimals of the currency, such as <c>-12.50</c>.</summary>
    public static string Number(Money money) => money.Amount.ToString(
        "F" + money.Currency.MinorUnitDigits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Ordinal(int number) => number switch
    {
        1 => "1st",
        2 => "2nd",
        3 => "3rd",
        _ => number.ToString(CultureInfo.InvariantCulture) + "th",
    };
}
