using BankPortal.Core.Common.Events;

namespace BankPortal.Core.Lending.Book;

/// <summary>
/// What customers are told about their loans. Ids are derived, so an event that is raised again after a crash is one event.
/// </summary>
internal static class LoanNews
{
    public static BankEvent Decided(Loan loan, string outcome, DateTimeOffset at) => Make(
        BankEventKinds.LoanDecided, loan, at, outcome, loan.Terms.Amount, ("outcome", outcome), ("product", loan.ProductName));

    public static BankEvent PaidOut(Loan loan, DateOnly firstDue, DateTimeOffset at) => Make(
        BankEventKinds.LoanPaidOut, loan, at, "", loan.Terms.Amount, ("account", loan.AccountId), ("day", Day(firstDue)));

    public static BankEvent DueSoon(Loan loan, LoanInstalment instalment, DateTimeOffset at) => Make(
        BankEventKinds.InstalmentDue, loan, at, Day(instalment.DueOn), Of(loan, instalment.Total), ("day", Day(instalment.DueOn)));

    public static BankEvent Missed(Loan loan, LoanInstalment instalment, DateTimeOffset at) => Make(
        BankEventKinds.InstalmentMissed, loan, at, Number(instalment.Number), Of(loan, instalment.Unpaid), ("day", Day(instalment.DueOn)));

    public static BankEvent PaidOff(Loan loan, DateTimeOffset at) =>
        Make(BankEventKinds.LoanPaidOff, loan, at, "", loan.Terms.Amount, ("product", loan.ProductName));

    public static BankEvent Holiday(Loan loan, string approval, bool isGranted, DateOnly? nextDue, DateTimeOffset at) => Make(
        BankEventKinds.LoanHolidayDecided,
        loan,
        at,
        approval,
        loan.Terms.Amount,
        ("outcome", isGranted ? "granted" : "declined"),
        ("product", loan.ProductName),
        ("day", nextDue is { } day ? Day(day) : ""));

    private static BankEvent Make(
        string kind, Loan loan, DateTimeOffset at, string which, Money amount, params IEnumerable<(string Name, string Value)> facts) =>
        BankEvent.Of(
            DerivedId.From(kind, loan.Id, which),
            kind,
            loan.OwnerId,
            at,
            [
                .. facts,
                ("amount", amount.Amount.ToString(CultureInfo.InvariantCulture)),
                ("currency", amount.Currency.Code),
                ("link", "/loans/" + loan.Id),
            ]);

    private static Money Of(Loan loan, long minorUnits) => loan.Terms.Amount with { MinorUnits = minorUnits };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
