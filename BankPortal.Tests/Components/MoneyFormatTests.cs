namespace BankPortal.Tests.Components;

[UnitTest]
public sealed class MoneyFormatTests
{
    [Theory]
    [InlineData("en-US", "USD", -123456, AmountSign.Negative, "−$1,234.56")]
    [InlineData("en-US", "USD", 123456, AmountSign.Negative, "$1,234.56")]
    [InlineData("en-US", "USD", 123456, AmountSign.Always, "+$1,234.56")]
    [InlineData("en-US", "USD", 0, AmountSign.Always, "$0.00")]
    [InlineData("en-US", "USD", -5, AmountSign.Never, "$0.05")]
    [InlineData("en-US", "CHF", 100, AmountSign.Negative, "CHF\u00A01.00")]
    [InlineData("en-US", "JPY", 1234, AmountSign.Negative, "¥1,234")]
    [InlineData("de-DE", "EUR", -123456, AmountSign.Negative, "−1.234,56\u00A0€")]
    public void Format_SignAndCurrency_StandWhereTheCulturePutsThem(
        string culture,
        string currency,
        long minorUnits,
        AmountSign sign,
        string expected
    ) =>
        Assert.Equal(
            expected,
            MoneyFormat.Format(new Money(minorUnits, Currency.Of(currency)), sign, culture: CultureInfo.GetCultureInfo(culture))
        );

    [Fact]
    public void Spoken_Movement_NamesTheSign()
    {
        var culture = CultureInfo.GetCultureInfo("en-US");

        Assert.Equal("minus 1,234.56 USD", MoneyFormat.Spoken(new Money(-123456, Currency.Usd), AmountSign.Always, culture));
        Assert.Equal("plus 0.01 USD", MoneyFormat.Spoken(new Money(1, Currency.Usd), AmountSign.Always, culture));
        Assert.Equal("0.01 USD", MoneyFormat.Spoken(new Money(1, Currency.Usd), culture: culture));
    }
}
