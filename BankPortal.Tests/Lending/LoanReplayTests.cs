using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Schedules;
using static BankPortal.Tests.Lending.LoanSamples;

namespace BankPortal.Tests.Lending;

[UnitTest]
public sealed class LoanReplayTests
{
    private static readonly LoanTerms Year = Terms(10_000, 12, 12);

    [Fact]
    public void AsOf_EachDay_ShowsWhatTheLoanWasThen()
    {
        var events = PaidOut(Year, "2026-01-15");
        events.Add(Event(LoanEventKind.Paid, "2026-02-15", 788.49m, 100));
        events.Add(Event(LoanEventKind.Missed, "2026-03-21") with { Instalment = 2 });
        events.Add(Event(LoanEventKind.Fee, "2026-03-21", fees: 15) with { Instalment = 2 });
        events.Add(Event(LoanEventKind.Paid, "2026-05-20", 796.37m + 804.34m, 92.12m + 84.15m, 15));

        var before = LoanReplay.AsOf(Year, events, Day("2026-01-14"));
        Assert.Equal((LoanStatus.Applied, Usd(0)), (before.Status, before.Outstanding));
        var first = LoanReplay.AsOf(Year, events, Day("2026-02-15"));
        Assert.Equal((Usd(9_211.51m), Usd(0), 0), (first.Outstanding, first.Due, first.DaysPastDue));
        var due = LoanReplay.AsOf(Year, events, Day("2026-03-15"));
        Assert.Equal((Usd(888.49m), Usd(0), 0, DelinquencyBucket.Current), (due.Due, due.Arrears, due.DaysPastDue, due.Bucket));
        var late = LoanReplay.AsOf(Year, events, Day("2026-04-14"));
        Assert.Equal((Usd(903.49m), 30, DelinquencyBucket.Days30To59), (late.Arrears, late.DaysPastDue, late.Bucket));
        Assert.Equal(Usd(9_211.51m), late.Outstanding);
        var later = LoanReplay.AsOf(Year, events, Day("2026-05-14"));
        Assert.Equal((60, Usd(903.49m + 888.49m)), (later.DaysPastDue, later.Arrears));

        // The instalment of May is open.
        var paid = LoanReplay.AsOf(Year, events, Day("2026-05-20"));
        Assert.Equal((5, Usd(888.49m), Usd(15)), (paid.DaysPastDue, paid.Due, paid.PaidFees));
        Assert.Equal(Year.Amount - paid.PaidPrincipal, paid.Outstanding);
    }

    [Theory]
    [InlineData(0, DelinquencyBucket.Current)]
    [InlineData(1, DelinquencyBucket.Days1To29)]
    [InlineData(29, DelinquencyBucket.Days1To29)]
    [InlineData(30, DelinquencyBucket.Days30To59)]
    [InlineData(59, DelinquencyBucket.Days30To59)]
    [InlineData(60, DelinquencyBucket.Days60To89)]
    [InlineData(89, DelinquencyBucket.Days60To89)]
    [InlineData(90, DelinquencyBucket.Days90AndMore)]
    public void Bucket_AtItsEdges_IsRight(int days, DelinquencyBucket expected)
    {
        Assert.Equal(expected, DelinquencyBuckets.Of(days));
        Assert.Equal(days >= 30, expected.IsPar30());
        Assert.Equal(days >= 90, expected.IsPar90());
    }

    [Theory]
    [InlineData(RepaymentMethod.Annuity)]
    [InlineData(RepaymentMethod.EqualPrincipal)]
    public void AsOf_EverythingPaidOnTime_IsPaidOffExactly(RepaymentMethod method)
    {
        foreach (var months in (int[])[1, 2, 7, 12, 59, 360])
        {
            var terms = Terms(98_765.43m, 5.4321m, months, method);
            var events = PaidOut(terms, "2028-01-31");
            foreach (var one in LoanSchedule.Of(terms, Day("2028-01-31")).Value)
            {
                events.Add(Event(LoanEventKind.Paid, "2028-01-31", one.Principal.Amount, one.Interest.Amount) with { On = one.DueOn });
            }

            var end = LoanReplay.AsOf(terms, events, events[^1].On);
            Assert.Equal((LoanStatus.PaidOff, Usd(0), terms.Amount), (end.Status, end.Outstanding, end.PaidPrincipal));
            Assert.Equal(events[^1].On, end.ClosedOn);
            Assert.Equal(LoanStatus.Active, LoanReplay.AsOf(terms, events, events[^1].On.AddDays(-1)).Status);
        }
    }

    [Fact]
    public void Early_ShorterTerm_KeepsTheInstalmentAndSavesWhatANaiveComputationSaves()
    {
        var events = PaidOut(Year, "2026-01-15");
        var quote = LoanChangeQuote.Early(Year, events, Day("2026-01-30"), Usd(3_000), EarlyEffect.ShorterTerm, default).Value;

        // 15 days on 10,000 and 15 days on 7,000 make the interest of the first period.
        Assert.Equal(85_00, quote.After.Instalments[0].Interest);
        Assert.Equal(888_49, quote.After.Instalments[0].Total);
        var (count, interest) = Naive(7_000, 85, 888.49m, null);
        Assert.Equal((count, Usd(interest)), (quote.After.Remaining, quote.After.FutureInterest));
        Assert.Equal(Usd(LoanSchedule.Of(Year, Day("2026-01-15")).Value.Sum(one => one.Interest.Amount) - interest), quote.Saved);
        Assert.Equal(12 - count, quote.FewerInstalments);
        Assert.Equal(Usd(7_000), quote.After.Outstanding);
    }

    [Fact]
    public void Early_LowerInstalment_KeepsTheNumberOfInstalments()
    {
        var events = PaidOut(Year, "2026-01-15");
        var quote = LoanChangeQuote.Early(Year, events, Day("2026-01-30"), Usd(3_000), EarlyEffect.LowerInstalment, default).Value;

        Assert.Equal(12, quote.After.Remaining);
        Assert.Equal(LoanSchedule.AnnuityOf(7_000_00, 12, 12), quote.After.Instalments[0].Total);
        Assert.Equal(7_000_00, quote.After.Instalments.Sum(one => one.Principal));
        var (_, interest) = Naive(7_000, 85, quote.After.Instalments[0].Total / 100m, 12);
        Assert.Equal(Usd(interest), quote.After.FutureInterest);
        Assert.True(quote.Saved.IsPositive);
    }

    [Fact]
    public void Early_PayOff_PaysTheInterestOfTheDaysAndEndsTheLoan()
    {
        var events = PaidOut(Year, "2026-01-15");
        events.Add(Event(LoanEventKind.Paid, "2026-02-15", 788.49m, 100));
        var quote = LoanChangeQuote.Early(Year, events, Day("2026-02-25"), Usd(0), EarlyEffect.PayOff, default).Value;

        // 10 days on 9,211.51 at 12 %.
        Assert.Equal(Usd(9_211.51m + 30.71m), quote.Amount);
        Assert.Equal((LoanStatus.PaidOff, Usd(0)), (quote.After.Status, quote.After.Outstanding));
        Assert.Equal(quote.Before.FutureInterest - Usd(30.71m), quote.Saved);
    }

    [Fact]
    public void Early_WrongAmounts_AreRefusedInASentence()
    {
        var events = PaidOut(Year, "2026-01-15");
        Assert.IsType<RepaysAllError>(Quote(Usd(10_000)).Error);
        Assert.IsType<InvalidInputError>(Quote(Usd(0)).Error);
        Assert.IsType<InstalmentCurrencyError>(Quote(Money.Of(10, Currency.Eur)).Error);
        Assert.IsType<DueFirstError>(
            LoanChangeQuote.Early(Year, events, Day("2026-02-15"), Usd(10), EarlyEffect.ShorterTerm, default).Error);
        Assert.IsType<LoanNotActiveError>(LoanChangeQuote.Early(Year, [], Day("2026-02-15"), Usd(10), EarlyEffect.PayOff, default).Error);

        Result<LoanChangeQuote> Quote(Money extra) =>
            LoanChangeQuote.Early(Year, events, Day("2026-01-30"), extra, EarlyEffect.ShorterTerm, default);
    }

    [Fact]
    public void Holiday_TwoMonths_MovesTheScheduleAndSpreadsTheInterest()
    {
        var events = PaidOut(Year, "2026-01-31");
        var quote = LoanChangeQuote.Holiday(Year, events, Day("2026-02-10"), 2, default).Value;

        Assert.Equal(
            (Day("2026-02-28"), Day("2026-04-30"), Day("2026-05-31")),
            (quote.Before.Next!.DueOn, quote.After.Next!.DueOn, quote.After.Instalments[1].DueOn));
        Assert.Equal((12, Day("2027-03-31")), (quote.After.Remaining, quote.After.Instalments[^1].DueOn));

        // Two months of interest on 10,000 are 200, spread over 12 instalments; the last absorbs the rounding.
        Assert.Equal(Usd(-200), quote.Saved);
        Assert.Equal(16_66, quote.After.Instalments[0].Total - quote.Before.Instalments[0].Total);
        Assert.Equal(16_74, quote.After.Instalments[11].Total - quote.Before.Instalments[11].Total);
        Assert.Equal(10_000_00, quote.After.Instalments.Sum(one => one.Principal));
    }

    [Fact]
    public void Holiday_ThenPayOff_PaysEveryDayOnce()
    {
        var events = PaidOut(Year, "2026-01-15");
        events.Add(Event(LoanEventKind.Holiday, "2026-01-20") with { Months = 3 });
        var state = LoanReplay.AsOf(Year, events, Day("2026-04-05"));

        // 80 days by 30/360 on 10,000 at 12 %.
        Assert.Equal(Usd(266.67m), state.Accrued);
        Assert.Equal(Day("2026-05-15"), state.Next!.DueOn);

        // After the first instalment the deferred interest that is left has to be paid in full.
        events.Add(Event(LoanEventKind.Paid, "2026-05-15", state.Next.Principal / 100m, state.Next.Interest / 100m));
        var later = LoanReplay.AsOf(Year, events, Day("2026-05-15"));
        Assert.Equal(Usd(300 - 25), later.Accrued);
        Assert.Equal(later.Outstanding + Usd(275), later.PayOff);
    }

    [Fact]
    public void Payment_LessThanWhatIsDue_PaysFeesThenInterestThenPrincipal()
    {
        var events = PaidOut(Year, "2026-01-15");
        events.Add(Event(LoanEventKind.Fee, "2026-02-21", fees: 15) with { Instalment = 1 });
        events.Add(Event(LoanEventKind.Fee, "2026-02-22", fees: 15) with { Instalment = 1 });
        var state = LoanReplay.AsOf(Year, events, Day("2026-03-20"));

        Assert.Equal(Usd((888.49m * 2) + 15), state.Due);
        Assert.Equal(new PaymentAllocation(10_00, 0, 0), PaymentAllocation.Of(state, 10_00));
        Assert.Equal(new PaymentAllocation(15_00, 100_00, 0), PaymentAllocation.Of(state, 115_00));
        Assert.Equal(new PaymentAllocation(15_00, 192_12, 92_88), PaymentAllocation.Of(state, 300_00));
        Assert.Equal(state.Due.MinorUnits, PaymentAllocation.Of(state, 9_999_999).Total);
        Assert.Equal(default, PaymentAllocation.Collectable(state, 903_48));
        Assert.Equal(new PaymentAllocation(15_00, 100_00, 788_49), PaymentAllocation.Collectable(state, 1_000_00));
        Assert.Equal(state.Due.MinorUnits, PaymentAllocation.Collectable(state, 9_999_999).Total);
    }

    [Fact]
    public void WrittenOff_ThenRecovered_KeepsBothFigures()
    {
        var events = PaidOut(Year, "2026-01-15");
        events.Add(Event(LoanEventKind.WrittenOff, "2026-03-15"));
        events.Add(Event(LoanEventKind.Recovered, "2026-06-01", 50));
        var state = LoanReplay.AsOf(Year, events, Day("2026-06-01"));

        Assert.Equal(
            (LoanStatus.WrittenOff, Usd(0), Usd(10_000), Usd(50)),
            (state.Status, state.Outstanding, state.WrittenOffPrincipal, state.Recovered));
        Assert.Equal(Usd(10_000 + 100 + 92.12m), state.WrittenOff);
        Assert.Equal((0, DelinquencyBucket.Current), (state.DaysPastDue, state.Bucket));
        Assert.Equal(LoanStatus.Active, LoanReplay.AsOf(Year, events, Day("2026-03-14")).Status);
    }

    [Fact]
    public void Provision_ByBucket_IsRoundedToTheCent()
    {
        var rates = new ProvisionRates();
        Assert.Equal(
            [1_00, 5_01, 20_02, 50_06, 100_11],
            DelinquencyBuckets.All.Select(bucket => rates.For(bucket, 100_11)));
    }

    private static (int Count, decimal Interest) Naive(decimal left, decimal firstInterest, decimal instalment, int? count)
    {
        var (months, sum, interest) = (0, 0m, firstInterest);
        while (left > 0)
        {
            months++;
            sum += interest;
            left -= months == count ? left : Math.Min(left, instalment - interest);
            interest = decimal.Round(left * 0.01m, 2, MidpointRounding.AwayFromZero);
        }

        return (months, sum);
    }
}
