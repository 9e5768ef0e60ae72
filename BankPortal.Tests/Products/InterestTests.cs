using System.Numerics;
using BankPortal.Core.Products.Bookings;
using BankPortal.Core.Products.Terms;

namespace BankPortal.Tests.Products;

[UnitTest]
public sealed class InterestTests
{
    // Examples as banks and textbooks print them: principal x rate x days / basis, cut to cents.
    [Theory]
    [InlineData(DayCount.Actual365, 10_000, 5, "2026-01-01", "2026-12-31", 500_00)] // a year
    [InlineData(DayCount.Actual365, 10_000, 5, "2028-01-01", "2028-12-31", 501_36)] // a leap year has 366 of 365
    [InlineData(DayCount.Actual365, 10_000, 5, "2026-03-01", "2026-03-31", 42_46)] // 31 days: 42.4657…
    [InlineData(DayCount.Actual365, 10_000, 5, "2026-02-01", "2026-02-28", 38_35)] // 28 days: 38.3561…
    [InlineData(DayCount.Actual365, 10_000, 5, "2028-02-01", "2028-02-29", 39_72)] // 29 days: 39.7260…
    [InlineData(DayCount.Thirty360, 10_000, 5, "2026-01-01", "2026-12-31", 500_00)]
    [InlineData(DayCount.Thirty360, 10_000, 5, "2028-01-01", "2028-12-31", 500_00)] // a leap year as any other
    [InlineData(DayCount.Thirty360, 10_000, 5, "2026-02-01", "2026-02-28", 41_66)] // every month is 30 days: 41.6666…
    [InlineData(DayCount.Thirty360, 10_000, 5, "2026-03-01", "2026-03-31", 41_66)]
    [InlineData(DayCount.Thirty360, 1_000_000, 7, "2026-06-01", "2026-06-30", 5_833_33)]
    public void OfDay_PublishedExamples_AddUp(DayCount dayCount, int principal, int rate, string first, string last, long cents)
    {
        var terms = ProductBank.Rate(rate, dayCount);
        Int128 units = 0;
        for (var day = Day(first); day <= Day(last); day = day.AddDays(1))
        {
            units += Interest.OfDay(day, Usd(principal), terms);
        }

        Assert.Equal(cents, Interest.Split(units).MinorUnits);
    }

    [Fact]
    public void Days30E360_EveryMonthOfALeapAndOfACommonYear_Has30()
    {
        foreach (var year in new[] { 2026, 2028, 2100 })
        {
            for (var month = 1; month <= 12; month++)
            {
                var days = Enumerable.Range(1, DateTime.DaysInMonth(year, month))
                    .Sum(day => Interest.Days30E360(new DateOnly(year, month, day)));
                Assert.Equal(30, days);
            }
        }

        Assert.Equal(0, Interest.Days30E360(new DateOnly(2026, 1, 30)));
        Assert.Equal(1, Interest.Days30E360(new DateOnly(2026, 1, 31)));
        Assert.Equal(3, Interest.Days30E360(new DateOnly(2026, 2, 28)));
        Assert.Equal(2, Interest.Days30E360(new DateOnly(2028, 2, 29)));
    }

    [Fact]
    public void OfDay_Tiers_EachPartEarnsTheRateOfItsTier()
    {
        var terms = new ProductTerms(DayCount.Actual365, [new(0, 1), new(1_000, 2), new(10_000, 3)], FeeTerms.None);

        // 1,000 at 1 %, 9,000 at 2 % and 5,000 at 3 %: 10 + 180 + 150 for a year.
        Assert.Equal(340_00, Interest.Split(Interest.OfDay(new DateOnly(2026, 5, 5), Usd(15_000), terms) * 365).MinorUnits);
        Assert.Equal(10_00, Interest.Split(Interest.OfDay(new DateOnly(2026, 5, 5), Usd(1_000), terms) * 365).MinorUnits);
    }

    [Fact]
    public void OfDay_NothingOrLessThanNothingOrNoTerms_EarnsNothing()
    {
        var day = new DateOnly(2026, 5, 5);
        Assert.Equal(0, Interest.OfDay(day, Usd(0), ProductBank.Rate(5)));
        Assert.Equal(0, Interest.OfDay(day, Usd(-10), ProductBank.Rate(5)));
        Assert.Equal(0, Interest.OfDay(day, Usd(10), null));
    }

    [Fact]
    public void OfDay_OneCentForAYear_BecomesACentOnlyWhenItIsOne()
    {
        // 0.01 at 25 % for four years is 0.01.
        var year = Interest.OfDay(new DateOnly(2026, 5, 5), new Money(1, Currency.Usd), ProductBank.Rate(25)) * 365;
        Assert.Equal((0, Interest.UnitsPerMinorUnit / 4), Interest.Split(year));
        Assert.Equal((1, 0), Interest.Split(year * 4));
    }

    [Fact]
    public void OfDay_HugeBalanceForTwoYears_IsExact()
    {
        var balance = new Money(long.MaxValue / 2, Currency.Usd);
        var units = Interest.OfDay(new DateOnly(2026, 5, 5), balance, ProductBank.Rate(25)) * 730;
        var exact = new BigInteger(balance.MinorUnits) * 25 * 730 / (100 * 365);
        Assert.Equal(exact, new BigInteger(Interest.Split(units).MinorUnits));
    }

    [Fact]
    public void Split_ManyRandomDays_SumOfAccrualsIsWhatIsPaidAndWhatIsCarried()
    {
        // A second computation with fractions of its own: numerators over 1,000,000 x 365 x 360.
        var random = new Random(11);
        foreach (var dayCount in Enum.GetValues<DayCount>())
        {
            var terms = new ProductTerms(dayCount, [new(0, 0.0001m), new(250.5m, 1.2345m), new(9_999.99m, 4.5m)], FeeTerms.None);
            BigInteger naive = 0;
            Int128 all = 0;
            long paid = 0, carried = 0;
            Int128 month = 0;
            for (var day = new DateOnly(2023, 12, 1); day < new DateOnly(2029, 1, 1); day = day.AddDays(1))
            {
                var balance = random.Next(0, 3_000_000);
                var units = Interest.OfDay(day, new Money(balance, Currency.Usd), terms);
                all += units;
                month += units;
                naive += Naive(day, balance, dayCount);
                if (day.AddDays(1).Day == 1)
                {
                    (var amount, carried) = Interest.Split(month + carried);
                    paid += amount;
                    month = 0;
                }
            }

            Assert.Equal((BigInteger)all, ((BigInteger)paid * Interest.UnitsPerMinorUnit) + carried);
            Assert.InRange(carried, 0, Interest.UnitsPerMinorUnit - 1);
            Assert.Equal(naive / (new BigInteger(1_000_000) * 365 * 360), paid);
        }

        static BigInteger Naive(DateOnly day, int balance, DayCount dayCount)
        {
            var first = Math.Min(balance, 25_050);
            var second = Math.Clamp(balance - 25_050, 0, 999_999 - 25_050);
            var third = Math.Max(0, balance - 999_999);
            var earned = (first * new BigInteger(1)) + (second * new BigInteger(12_345)) + (third * new BigInteger(45_000));
            return dayCount == DayCount.Actual365 ? earned * 360 : earned * 365 * Weight(day);
        }

        // Every month has 30 days: those after the 30th count from the 30th, and the last of February makes up for the missing ones.
        static int Weight(DateOnly day)
        {
            var length = DateTime.DaysInMonth(day.Year, day.Month);
            return day.Month == 2 && day.Day == length ? 31 - length : length == 31 && day.Day == 30 ? 0 : 1;
        }
    }

    [Theory]
    [InlineData("JPY", 1_000)]
    [InlineData("USD", 1_000_99)]
    public void ProductMoney_Of_DropsDecimalsTheCurrencyDoesNotHave(string currency, long minorUnits) =>
        Assert.Equal(minorUnits, ProductMoney.Of(1_000.99m, Currency.Of(currency)).MinorUnits);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Money Usd(decimal amount) => Money.Of(amount, Currency.Usd);
}
