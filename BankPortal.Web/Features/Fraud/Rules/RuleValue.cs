namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>Values of conditions as people type them: money in major units, shares in percent, yes and no.</summary>
public static class RuleValue
{
    /// <summary>The value as text for the input.</summary>
    public static string Format(RiskFactDefinition fact, decimal value) => fact.Unit switch
    {
        RiskUnit.Money => MoneyText.Display(Money(value)),
        RiskUnit.Share => (value * 100).ToString("0.##", CultureInfo.CurrentCulture),
        RiskUnit.Flag or RiskUnit.Choice => value.ToString("0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.CurrentCulture),
    };

    /// <summary>The value of the typed text, or the error to show at the field.</summary>
    public static Result<decimal> Parse(RiskFactDefinition fact, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Refuse(fact.Unit is RiskUnit.Flag or RiskUnit.Choice ? "Choose one." : "Enter a value.");
        }

        if (fact.Unit is RiskUnit.Flag or RiskUnit.Choice)
        {
            return decimal.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) ? chosen : Refuse("Choose one.");
        }

        var parsed = MoneyText.Parse(text, Currency.Usd);
        if (!parsed.IsSuccess)
        {
            return Refuse(fact.Unit == RiskUnit.Money ? parsed.Error.Message : "Enter a number.");
        }

        var value = parsed.Value.Amount;
        return fact.Unit switch
        {
            RiskUnit.Share when value != decimal.Truncate(value) => Refuse("Use whole percent."),
            RiskUnit.Share => value / 100,
            RiskUnit.Count or RiskUnit.HourOfDay when value != decimal.Truncate(value) => Refuse("Enter a whole number."),
            _ => value,
        };
    }

    /// <summary>The unit behind the input.</summary>
    public static string Suffix(RiskUnit unit) => unit switch
    {
        RiskUnit.Hours => "hours",
        RiskUnit.Days => "days",
        RiskUnit.Share => "%",
        RiskUnit.Times => "times",
        RiskUnit.HourOfDay => "o’clock",
        _ => "",
    };

    /// <summary>The initial value of a new condition on the fact.</summary>
    public static string Default(RiskFactDefinition fact) => fact.Unit switch
    {
        RiskUnit.Flag => "1",
        RiskUnit.Choice when fact.Fact == RiskFact.Kind => Format(fact, (int)TransferKind.Transfer),
        RiskUnit.Choice => "0",
        _ => "",
    };

    /// <summary>An example value for the reason of a rule that does not compare the fact.</summary>
    public static decimal Example(RiskFactDefinition fact) => fact.Unit switch
    {
        RiskUnit.Money => 12_500,
        RiskUnit.Count => 6,
        RiskUnit.Hours => 5,
        RiskUnit.Days => 200,
        RiskUnit.Share => 0.85m,
        RiskUnit.Times => 12,
        RiskUnit.Choice => (int)TransferKind.Transfer,
        RiskUnit.HourOfDay => 3,
        _ => 1,
    };

    private static Money Money(decimal value) =>
        Core.Common.Money.TryOf(decimal.Round(value, 2), Currency.Usd, out var money) ? money : Core.Common.Money.Zero(Currency.Usd);

    private static InvalidInputError Refuse(string sentence) => new("value", sentence);
}
