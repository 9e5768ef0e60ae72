namespace BankPortal.Core.Statements;

/// <summary>The text is not the name of a period.</summary>
public sealed record UnknownPeriodError() : Error("There is no such period. Choose a month, a quarter, a year or your own days.");

/// <summary>The period has more movements than one statement, or one file of the format, can have.</summary>
/// <param name="Max">The most movements.</param>
/// <param name="Of">What cannot have more, such as "A PDF file".</param>
public sealed record StatementTooLongError(int Max, string Of)
    : Error($"{Of} has {Max.ToString("N0", CultureInfo.InvariantCulture)} movements at most, and this period has more. Choose fewer days.")
{
    /// <inheritdoc/>
    public override string? Field => "to";
}
