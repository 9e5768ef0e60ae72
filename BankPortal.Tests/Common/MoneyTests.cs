using FsCheck;
using FsCheck.Fluent;

namespace BankPortal.Tests.Common;

[UnitTest]
public sealed class MoneyTests
{
    private static readonly Gen<long> Minor = Gen.Choose(int.MinValue, int.MaxValue).Select(i => (long)i * 977);

    [Theory]
    [InlineData("12.34", "USD", 1234)]
    [InlineData("-0.01", "EUR", -1)]
    [InlineData("0", "USD", 0)]
    [InlineData("1200", "JPY", 1200)]
    [InlineData("12.300", "USD", 1230)]
    public void Of_AmountTheCurrencyCanHold_IsThatManyMinorUnits(string amount, string currency, long minor)
    {
        var money = Money.Of(decimal.Parse(amount, CultureInfo.InvariantCulture), Currency.Of(currency));

        Assert.Equal(minor, money.MinorUnits);
        Assert.Equal(decimal.Parse(amount, CultureInfo.InvariantCulture), money.Amount);
    }

    [Theory]
    [InlineData("0.001", "USD")]
    [InlineData("0.5", "JPY")]
    [InlineData("-12.345", "EUR")]
    [InlineData("79228162514264337593543950335", "USD")]
    [InlineData("-79228162514264337593543950335", "USD")]
    public void TryOf_MoreDecimalsThanTheCurrencyOrTooLarge_IsRefused(string amount, string currency)
    {
        Assert.False(Money.TryOf(decimal.Parse(amount, CultureInfo.InvariantCulture), Currency.Of(currency), out _));
    }

    [Fact]
    public void Of_TooManyDecimals_Throws() => Assert.Throws<ArgumentException>(() => Money.Of(1.005m, Currency.Usd));

    [Fact]
    public void Amount_AnyMinorUnits_ReadsBackExactly() =>
        Properties.Holds(Minor, minor => Money.Of(new Money(minor, Currency.Usd).Amount, Currency.Usd).MinorUnits == minor);

    [Fact]
    public void Plus_AnyAmounts_IsExactAndUndoneByMinus() =>
        Properties.Holds(Minor.Two(), pair =>
        {
            var (a, b) = (new Money(pair.Item1, Currency.Usd), new Money(pair.Item2, Currency.Usd));
            return a + b == b + a && a + b - b == a && (a - b) + (b - a) == Money.Zero(Currency.Usd) && -a + a == Money.Zero(Currency.Usd);
        });

    [Fact]
    public void Comparison_AnyAmounts_AgreesWithMinorUnits() =>
        Properties.Holds(Minor.Two(), pair =>
        {
            var (a, b) = (new Money(pair.Item1, Currency.Usd), new Money(pair.Item2, Currency.Usd));
            return (a < b) == (pair.Item1 < pair.Item2) && (a <= b) == (pair.Item1 <= pair.Item2)
                && (a > b) == (pair.Item1 > pair.Item2) && (a >= b) == (pair.Item1 >= pair.Item2)
                && Money.Min(a, b) <= Money.Max(a, b) && Money.Min(a, b) + Money.Max(a, b) == a + b;
        });

    [Fact]
    public void Arithmetic_BeyondTheRange_ThrowsRatherThanWraps()
    {
        var most = new Money(long.MaxValue, Currency.Usd);
        var least = new Money(long.MinValue, Currency.Usd);

        Assert.Throws<OverflowException>(() => most + new Money(1, Currency.Usd));
        Assert.Throws<OverflowException>(() => least - new Money(1, Currency.Usd));
        Assert.Throws<OverflowException>(() => -least);
        Assert.Throws<OverflowException>(() => least.Abs());
    }

    [Fact]
    public void Arithmetic_TwoCurrencies_IsRefused()
    {
        var dollar = Money.Of(1, Currency.Usd);
        var euro = Money.Of(1, Currency.Eur);

        Assert.Throws<InvalidOperationException>(() => dollar + euro);
        Assert.Throws<InvalidOperationException>(() => dollar - euro);
        Assert.Throws<InvalidOperationException>(() => dollar < euro);
        Assert.NotEqual(dollar, euro);
    }

    [Theory]
    [InlineData("1234.5", "USD", "en-US", "$1,234.50")]
    [InlineData("-12.5", "USD", "en-US", "-$12.50")]
    [InlineData("1234.5", "EUR", "de-DE", "1.234,50 €")]
    [InlineData("-12.5", "EUR", "de-DE", "-12,50 €")]
    [InlineData("-12.5", "GBP", "en-GB", "-£12.50")]
    [InlineData("1200", "JPY", "en-US", "¥1,200")]
    [InlineData("5", "USD", "de-DE", "5,00 $")]
    public void Format_Culture_GroupsAndSignsAsPeopleThereDo(string amount, string currency, string culture, string expected)
    {
        var money = Money.Of(decimal.Parse(amount, CultureInfo.InvariantCulture), Currency.Of(currency));

        Assert.Equal(expected, money.Format(CultureInfo.GetCultureInfo(culture)).Replace('\u00a0', ' '));
    }

    [Theory]
    [InlineData("-12.5", "USD", "-12.50 USD")]
    [InlineData("1200", "JPY", "1200 JPY")]
    public void ToString_NoCulture_IsTheSameEverywhere(string amount, string currency, string expected)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal(expected, $"{Money.Of(decimal.Parse(amount, CultureInfo.InvariantCulture), Currency.Of(currency))}");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Default_OfMoney_IsNothingInDollars()
    {
        Assert.Equal(Money.Zero(Currency.Usd), default);
        Assert.Equal("0.00 USD", $"{default(Money)}");
    }
}
