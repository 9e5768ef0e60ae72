namespace BankPortal.Core.Statements;

/// <summary>Which periods a statement can have.</summary>
public static class StatementRules
{
    /// <summary>Returns what is wrong with a period for an account, with the field "from" or "to"; <see langword="null"/> when it is
    /// possible.</summary>
    public static Error? Check(StatementAccount account, StatementPeriod period, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(account);
        return period switch
        {
            { Days: < 1 } => new InvalidInputError("to", "The last day is before the first day. Choose a later last day."),
            _ when period.From > today =>
                new InvalidInputError("from", "This day is still to come. Choose today or an earlier day."),
            { Kind: StatementPeriodKind.Days } when period.To > today =>
                new InvalidInputError("to", "This day is still to come. Choose today or an earlier day."),
            _ when period.To < account.First => new InvalidInputError(
                "to", $"The account was opened on {StatementText.Day(account.First)}. Choose that day or a later one."),
            { Kind: StatementPeriodKind.Days } when period.From < account.First => new InvalidInputError(
                "from", $"The account was opened on {StatementText.Day(account.First)}. Choose that day or a later one."),
            _ when period.From > account.Last => new InvalidInputError(
                "from", $"The account was closed on {StatementText.Day(account.Last)}. Choose that day or an earlier one."),
            { Days: > StatementPeriod.MaxDays } => new InvalidInputError(
                "to",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A statement covers {StatementPeriod.MaxDays} days at most; this is {period.Days}. Choose fewer days.")),
            _ => null,
        };
    }
}
