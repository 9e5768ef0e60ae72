namespace BankPortal.Tests.Components;

[UnitTest]
public sealed class MoneyTextTests
{
    [Theory]
    [InlineData("en-US", "1,234.56", 123456)]
    [InlineData("en-US", "1234.56", 123456)]
    [InlineData("en-US", "1234.5", 123450)]
    [InlineData("en-US", ".5", 50)]
    [InlineData("en-US", "7.", 700)]
    [InlineData("en-US", "  $1,234.56 ", 123456)]
    [InlineData("en-US", "USD 20", 2000)]
    [InlineData("en-US", "20 usd", 2000)]
    [InlineData("en-US", "1,234,567.00", 123456700)]
    [InlineData("en-US", "\u200E12\u00A0", 1200)]
    [InlineData("de-DE", "1.234,56", 123456)]
    [InlineData("de-DE", "1234,5", 123450)]
    [InlineData("fr-FR", "1\u202F234,56", 123456)]
    [InlineData("fr-FR", "1 234,56 $", 123456)]
    [InlineData("de-CH", "1'234.56", 123456)]
    [InlineData("de-CH", "1\u2019234.56", 123456)]
    [InlineData("en-IN", "12,34,567.89", 123456789)]
    public void Parse_AmountAsPeopleThereWriteIt_GivesTheAmount(string culture, string text, long minorUnits)
    {
        var parsed = MoneyText.Parse(text, Currency.Usd, CultureInfo.GetCultureInfo(culture));

        Assert.True(parsed.IsSuccess, parsed.Error?.Message);
        Assert.Equal(new Money(minorUnits, Currency.Usd), parsed.Value);
    }

    [Theory]
    [InlineData("en-US", "", "Enter an amount.")]
    [InlineData("en-US", null, "Enter an amount.")]
    [InlineData("en-US", "   ", "Enter an amount.")]
    [InlineData("en-US", "abc", "Enter an amount such as 1,234.56.")]
    [InlineData("en-US", "1e5", "Enter an amount such as 1,234.56.")]
    [InlineData("en-US", "1.2.3", "Enter an amount such as 1,234.56.")]
    [InlineData("en-US", ".", "Enter an amount such as 1,234.56.")]
    [InlineData("en-US", "1,5", "Enter an amount such as 1,234.56.")]
    [InlineData("en-US", "1.234,56", "Enter an amount such as 1,234.56.")]
    [InlineData("en-US", "12,34", "Enter an amount such as 1,234.56.")]
    [InlineData("en-US", ",123", "Enter an amount such as 1,234.56.")]
    [InlineData("en-US", "\u0661\u0662", "Enter an amount such as 1,234.56.")]
    [InlineData("en-US", "-5", "Enter the amount without a sign.")]
    [InlineData("en-US", "\u22125", "Enter the amount without a sign.")]
    [InlineData("en-US", "+5", "Enter the amount without a sign.")]
    [InlineData("en-US", "(5)", "Enter the amount without a sign.")]
    [InlineData("en-US", "1.234", "Use at most 2 decimals, such as 1,234.56.")]
    [InlineData("de-DE", "12,345", "Use at most 2 decimals, such as 1.234,56.")]
    [InlineData("de-DE", "12.34", "Enter an amount such as 1.234,56.")]
    [InlineData("en-US", "99999999999999999999999999", "That amount is too large.")]
    [InlineData("en-US", "11111111111111111111111111111111111111111", "That is too long for an amount.")]
    public void Parse_AnythingElse_IsRefusedWithASentenceForTheField(string culture, string? text, string sentence)
    {
        var parsed = MoneyText.Parse(text, Currency.Usd, CultureInfo.GetCultureInfo(culture), "amount");

        Assert.False(parsed.IsSuccess);
        Assert.Equal(sentence, parsed.Error.Message);
        Assert.Equal("amount", parsed.Error.Field);
    }

    [Fact]
    public void Parse_DecimalsOfACurrencyWithout_IsRefused()
    {
        var parsed = MoneyText.Parse("100.5", Currency.Jpy, CultureInfo.GetCultureInfo("en-US"));

        Assert.Equal("JPY has no decimals. Enter a whole amount.", parsed.Error?.Message);
        Assert.Equal(new Money(100, Currency.Jpy), MoneyText.Parse("100", Currency.Jpy, CultureInfo.GetCultureInfo("en-US")).Value);
    }

    [Fact]
    public void Display_EverySupportedCulture_IsReadBackAsTheSameAmount()
    {
        foreach (var culture in Web.Hosting.Culture.SupportedCultures.Cultures)
        {
            foreach (var minorUnits in new long[] { 1, 99, 100, 123456, 100000, 1234567890 })
            {
                var money = new Money(minorUnits, Currency.Eur);

                var parsed = MoneyText.Parse(MoneyText.Display(money, culture), Currency.Eur, culture);

                Assert.True(parsed.IsSuccess, $"{culture.Name}: {MoneyText.Display(money, culture)}: {parsed.Error?.Message}");
                Assert.Equal(money, parsed.Value);
                Assert.Equal(money, MoneyText.Parse(MoneyFormat.Format(money, culture: culture), Currency.Eur, culture).Value);
            }
        }
    }
}
