using BankPortal.Core.Common.Approvals;
using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Offers;
using BankPortal.Core.Lending.Schedules;

namespace BankPortal.Web.Features.Lending;

/// <summary>Loans in text.</summary>
internal static class LoanText
{
    /// <summary>A day.</summary>
    public static string Day(DateOnly day) => TimeText.Date(day, CultureInfo.CurrentCulture);

    /// <summary>A rate such as "7.9 % a year".</summary>
    public static string Rate(decimal rate) => rate.ToString("0.####", CultureInfo.CurrentCulture) + " % a year";

    /// <summary>A share in percent.</summary>
    public static string Percent(decimal? share) => share is { } value ? value.ToString("0.#", CultureInfo.CurrentCulture) + " %" : "–";

    /// <summary>A number of months.</summary>
    public static string Months(int months) => months == 1 ? "1 month" : months.ToString(CultureInfo.CurrentCulture) + " months";

    /// <summary>A number of days.</summary>
    public static string Days(int days) => days == 1 ? "1 day" : days.ToString(CultureInfo.CurrentCulture) + " days";

    /// <summary>A number.</summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>How a loan is repaid.</summary>
    public static string Name(RepaymentMethod method) =>
        method == RepaymentMethod.Annuity ? "The same instalment every month" : "The same part of the loan every month, plus interest";

    /// <summary>What a product costs, in one line.</summary>
    public static string Costs(LoanProduct product, Currency currency)
    {
        var fees = product.ArrangementFee > 0
            ? $"{product.ArrangementFee.ToString("0.####", CultureInfo.CurrentCulture)} % fee when it is paid out"
            : "no fee when it is paid out";
        var late = product.LateFee > 0
            ? $", {MoneyFormat.Format(Money.Of(product.LateFee, currency))} for an instalment that is more than {Days(product.GraceDays)} late"
            : "";
        return $"{Rate(product.Rate)}, {fees}{late}. Repaying early costs nothing.";
    }

    /// <summary>A state.</summary>
    public static string Name(LoanStatus status) => status switch
    {
        LoanStatus.Applied => "Waiting for a decision",
        LoanStatus.Granted => "Granted",
        LoanStatus.Active => "Being repaid",
        LoanStatus.PaidOff => "Repaid",
        LoanStatus.WrittenOff => "Written off",
        LoanStatus.Declined => "Not granted",
        _ => "Ended without a decision",
    };

    /// <summary>The state of a loan on a day.</summary>
    public static MarkupString Badge(Loan loan, DateOnly today)
    {
        var late = loan.DaysPastDueOn(today);
        return loan.Status switch
        {
            LoanStatus.Active when late > 0 => Markup.Badge($"{Days(late)} late", StatusTone.Attention),
            LoanStatus.Active => Markup.Badge(Name(loan.Status), StatusTone.Positive),
            LoanStatus.Applied or LoanStatus.Granted => Markup.Badge(Name(loan.Status), StatusTone.Information),
            LoanStatus.WrittenOff or LoanStatus.Declined => Markup.Badge(Name(loan.Status), StatusTone.Attention),
            _ => Markup.Badge(Name(loan.Status)),
        };
    }

    /// <summary>A bucket.</summary>
    public static string Name(DelinquencyBucket bucket) => bucket switch
    {
        DelinquencyBucket.Current => "Current",
        DelinquencyBucket.Days1To29 => "1–29 days",
        DelinquencyBucket.Days30To59 => "30–59 days",
        DelinquencyBucket.Days60To89 => "60–89 days",
        _ => "90 days and more",
    };

    /// <summary>What happened, for the borrower and for staff.</summary>
    public static string Name(LoanEvent happened, Currency currency) => happened.Kind switch
    {
        LoanEventKind.Granted => "Granted",
        LoanEventKind.Declined => "Not granted",
        LoanEventKind.Lapsed => "Ended without a decision",
        LoanEventKind.Disbursed => "Paid out",
        LoanEventKind.Due => $"Instalment {Number(happened.Instalment)} due",
        LoanEventKind.Paid => happened.Instalment > 0 ? $"Instalment {Number(happened.Instalment)} paid" : "Payment",
        LoanEventKind.Missed => $"Instalment {Number(happened.Instalment)} missed",
        LoanEventKind.Fee => $"Late fee for instalment {Number(happened.Instalment)}",
        LoanEventKind.Holiday => $"Payment holiday of {Months(happened.Months)}",
        LoanEventKind.Early => happened.Effect switch
        {
            EarlyEffect.PayOff => "Repaid completely",
            EarlyEffect.ShorterTerm => "Repaid early, shorter term",
            _ => "Repaid early, lower instalments",
        },
        LoanEventKind.WrittenOff => "Written off",
        _ => $"Recovered {MoneyFormat.Format(new Money(happened.Total, currency))}",
    };

    /// <summary>What an approval is about.</summary>
    public static string Name(Approval approval) => approval.Kind switch
    {
        LoanApprovals.Grant => "Application",
        LoanApprovals.Holiday => "Payment holiday",
        _ => "Write-off",
    };

    /// <summary>What became of an approval.</summary>
    public static MarkupString Badge(Approval approval, DateTimeOffset now) => approval.StateAt(now) switch
    {
        ApprovalState.Pending when approval.Decisions.Length > 0 => Markup.Badge("Needs a second person", StatusTone.Attention),
        ApprovalState.Pending => Markup.Badge("Waiting", StatusTone.Attention),
        ApprovalState.Approved => Markup.Badge("Approved", StatusTone.Positive),
        ApprovalState.Rejected => Markup.Badge("Rejected"),
        ApprovalState.Expired => Markup.Badge("Expired"),
        _ => Markup.Badge("Taken back"),
    };
}
