using BankPortal.Core.Products.Bookings;
using BankPortal.Core.Products.Terms;

namespace BankPortal.Web.Components.Products;

/// <summary>Terms of products in plain sentences.</summary>
public static class ProductText
{
    /// <summary>A yearly rate: "2.25%".</summary>
    public static string Rate(decimal rate) => rate.ToString("0.00##", CultureInfo.CurrentCulture) + "%";

    /// <summary>The rates in few words: "1.50% to 2.00% a year".</summary>
    public static string Rates(ProductTerms terms)
    {
        var rates = terms.Tiers.Select(tier => tier.Rate).ToList();
        return !terms.BearsInterest ? "No interest"
            : rates.Min() == rates.Max() ? $"{Rate(rates[0])} a year"
            : $"{Rate(rates.Min())} to {Rate(rates.Max())} a year";
    }

    /// <summary>The part of the balance that a tier is about.</summary>
    public static string Part(ProductTerms terms, int tier, Currency currency)
    {
        var from = Amount(terms.Tiers[tier].From, currency);
        return terms.Tiers.Length == 1 ? "The whole balance"
            : tier == 0 ? $"The part up to {Amount(terms.Tiers[1].From, currency)}"
            : tier == terms.Tiers.Length - 1 ? $"The part above {from}"
            : $"The part from {from} to {Amount(terms.Tiers[tier + 1].From, currency)}";
    }

    /// <summary>How interest is computed and paid.</summary>
    public static string Accrual(ProductTerms terms) => terms.DayCount == DayCount.Actual365
        ? "Interest accrues every day on the day’s closing balance, a 365th of the yearly rate (actual/365), and is paid after the end of each month."
        : "Interest accrues on each day’s closing balance with 30 days to the month and 360 to the year (30/360), and is paid after the end of each month.";

    /// <summary>The name of a day count.</summary>
    public static string Name(DayCount dayCount) => dayCount == DayCount.Actual365 ? "Actual/365" : "30/360";

    /// <summary>The fees, a sentence each; one sentence when there are none.</summary>
    public static ImmutableArray<string> Fees(FeeTerms fees, Currency currency)
    {
        if (fees.IsFree)
        {
            return ["No fees."];
        }

        var sentences = ImmutableArray.CreateBuilder<string>();
        if (fees.Monthly > 0)
        {
            sentences.Add(fees.WaivedFrom is { } least
                ? $"{Amount(fees.Monthly, currency)} a month, free in a month in which every day ends with {Amount(least, currency)} or more."
                : $"{Amount(fees.Monthly, currency)} a month.");
        }

        if (fees.PerMovement > 0)
        {
            var free = fees.FreeMovements.ToString(CultureInfo.CurrentCulture);
            sentences.Add($"{Amount(fees.PerMovement, currency)} for each withdrawal or transfer to somebody else"
                + (fees.FreeMovements == 0 ? "." : $" after the first {free} in a month."));
        }

        return sentences.ToImmutable();
    }

    /// <summary>The state of a version.</summary>
    public static string State(TermsVersion version, DateOnly today, TermsBook book) => version.State switch
    {
        TermsState.Proposed => "Waiting",
        TermsState.Rejected => "Rejected",
        TermsState.Withdrawn => "Withdrawn",
        _ when book.On(today) == version => "In force",
        _ when version.From > today && book.On(version.From) == version => "Approved",
        _ => "Replaced",
    };

    /// <summary>The weight of the state.</summary>
    public static StatusTone Tone(string state) => state switch
    {
        "In force" => StatusTone.Positive,
        "Waiting" => StatusTone.Attention,
        "Approved" => StatusTone.Information,
        _ => StatusTone.Neutral,
    };

    /// <summary>A day.</summary>
    public static string Day(DateOnly day) => TimeText.Date(day, CultureInfo.CurrentCulture);

    private static string Amount(decimal amount, Currency currency) => ProductMoney.Of(amount, currency).Format(CultureInfo.CurrentCulture);
}
