using BankPortal.Core.Lending.Schedules;

namespace BankPortal.Tests.Lending;

[UnitTest]
public sealed class LoanScheduleTests
{
    // Figures that others have published: a mortgage calculator's article, and loans in books and calculators everywhere.
    [Theory]
    [InlineData(200_000, 6.5, 360, 1_264.14)]
    [InlineData(250_000, 4.5, 360, 1_266.71)]
    [InlineData(100_000, 6, 360, 599.55)]
    [InlineData(20_000, 5, 60, 377.42)]
    [InlineData(10_000, 12, 12, 888.49)]
    [InlineData(1_000, 0, 10, 100)]
    public void AnnuityOf_PublishedExamples_AreTheSame(double principal, double rate, int months, double expected)
    {
        Assert.Equal((long)((decimal)expected * 100), LoanSchedule.AnnuityOf((long)principal * 100, (decimal)rate, months));
    }

    [Fact]
    public void Of_PublishedFirstInstalment_HasTheSameParts()
    {
        var first = LoanSchedule.Of(LoanSamples.Terms(250_000, 4.5m, 360), new DateOnly(2026, 1, 15)).Value[0];
        Assert.Equal((LoanSamples.Usd(937.50m), LoanSamples.Usd(329.21m)), (first.Interest, first.Principal));
    }

    [Theory]
    [InlineData(RepaymentMethod.Annuity, 7.25)]
    [InlineData(RepaymentMethod.Annuity, 0)]
    [InlineData(RepaymentMethod.Annuity, 19.9999)]
    [InlineData(RepaymentMethod.EqualPrincipal, 7.25)]
    [InlineData(RepaymentMethod.EqualPrincipal, 0)]
    public void Of_EveryTermFrom1To360_IsExactAndAgreesWithANaiveComputation(RepaymentMethod method, double rate)
    {
        for (var months = 1; months <= 360; months++)
        {
            var terms = LoanSamples.Terms(123_456.78m, (decimal)rate, months, method);
            var schedule = LoanSchedule.Of(terms, new DateOnly(2026, 1, 31)).Value;

            Assert.Equal(months, schedule.Length);
            Assert.Equal(terms.Amount.MinorUnits, schedule.Sum(one => one.Principal.MinorUnits));
            Assert.All(schedule, one => Assert.True(one.Principal.IsPositive));
            Assert.Equal(
                Naive(123_456.78m, (decimal)rate, months, method),
                schedule.Select(one => (one.Principal.Amount, one.Interest.Amount)));
            if (method == RepaymentMethod.Annuity)
            {
                Assert.True(schedule.Take(months - 1).Select(one => one.Total).Distinct().Count() <= 1);
            }
        }
    }

    [Fact]
    public void Of_PaidOutOnThe31st_IsDueOnTheLastDayOfShorterMonths()
    {
        var schedule = LoanSchedule.Of(LoanSamples.Terms(12_000, 6, 26), new DateOnly(2027, 1, 31)).Value;
        Assert.Equal(
            ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"],
            schedule.Take(4).Select(one => one.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        Assert.Equal(new DateOnly(2028, 2, 29), schedule[12].DueOn); // a leap year
        Assert.Equal(new DateOnly(2029, 2, 28), schedule[24].DueOn);
    }

    [Fact]
    public void Of_AmountTooSmallForTheTerm_IsRefused()
    {
        Assert.IsType<TermsDoNotFitError>(LoanSchedule.Of(LoanSamples.Terms(1, 12, 360), new DateOnly(2026, 1, 1)).Error);
        Assert.IsType<TermsDoNotFitError>(
            LoanSchedule.Of(LoanSamples.Terms(1_000, 5, 12) with { Instalment = LoanSamples.Usd(20) }, new DateOnly(2026, 1, 1)).Error);
    }

    [Theory]
    [InlineData("2027-01-31", "2027-02-28", 28)]
    [InlineData("2027-02-28", "2027-03-31", 32)]
    [InlineData("2028-01-15", "2028-02-29", 44)]
    [InlineData("2027-03-15", "2027-04-14", 29)]
    [InlineData("2027-03-15", "2028-03-15", 360)]
    public void DaysBetween_By30E360_CountsMonthsOf30Days(string from, string to, int expected) =>
        Assert.Equal(expected, LoanInterest.DaysBetween(LoanSamples.Day(from), LoanSamples.Day(to)));

    [Fact]
    public void Round_Halves_GoAwayFromZero()
    {
        // 1.00 at 6 % for 30 days is half a cent.
        Assert.Equal(1, LoanInterest.Round(LoanInterest.UnitsOf(100, 6, 30)));
        Assert.Equal(0, LoanInterest.Round(LoanInterest.UnitsOf(99, 6, 30)));
    }

    // By decimals, from the value today of all instalments, and rounding each month.
    private static IEnumerable<(decimal Principal, decimal Interest)> Naive(
        decimal amount, decimal rate, int months, RepaymentMethod method)
    {
        var discount = 0m;
        var factor = 1m;
        for (var i = 0; i < months; i++)
        {
            factor /= 1 + (rate / 1200m);
            discount += factor;
        }

        var part = Cents(method == RepaymentMethod.Annuity ? amount / discount : amount / months);
        var left = amount;
        for (var i = 1; i <= months; i++)
        {
            var interest = Cents(left * rate / 100m * 30m / 360m);
            var principal = i == months ? left : method == RepaymentMethod.Annuity ? part - interest : part;
            left -= principal;
            yield return (principal, interest);
        }
    }

    private static decimal Cents(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);
}
