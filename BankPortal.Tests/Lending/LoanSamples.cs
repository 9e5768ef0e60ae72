using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Schedules;

namespace BankPortal.Tests.Lending;

/// <summary>Terms and events for tests of loans.</summary>
internal static class LoanSamples
{
    public static Money Usd(decimal amount) => Money.Of(amount, Currency.Usd);

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static LoanTerms Terms(
        decimal amount, decimal rate, int months, RepaymentMethod method = RepaymentMethod.Annuity) => new()
        {
            Amount = Usd(amount),
            Rate = rate,
            Months = months,
            Method = method,
            ArrangementFee = Usd(0),
            LateFee = Usd(15),
            GraceDays = 5,
        };

    public static LoanEvent Event(LoanEventKind kind, string day, decimal principal = 0, decimal interest = 0, decimal fees = 0) => new()
    {
        Sequence = 1,
        Kind = kind,
        On = Day(day),
        At = new DateTimeOffset(Day(day), new TimeOnly(12, 0), TimeSpan.Zero),
        Principal = Usd(principal).MinorUnits,
        Interest = Usd(interest).MinorUnits,
        Fees = Usd(fees).MinorUnits,
    };

    public static List<LoanEvent> PaidOut(LoanTerms terms, string day) =>
        [Event(LoanEventKind.Granted, day), Event(LoanEventKind.Disbursed, day, terms.Amount.Amount)];
}
