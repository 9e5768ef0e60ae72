using BankPortal.Core.Products.Terms;

namespace BankPortal.Core.Products.Bookings;

/// <summary>
/// Computes interest exactly, in whole units of which <see cref="UnitsPerMinorUnit"/> make one minor unit (cent). Both day counts and
/// every rate give whole units, so nothing is rounded until units become cents, and what is left over is carried. Pure.
/// </summary>
public static class Interest
{
    /// <summary>How many units make one minor unit: a millionth for the rate, times the common multiple of 365 and 360 days.</summary>
    public const long UnitsPerMinorUnit = 1_000_000L * DaysMultiple;

    private const long DaysMultiple = 26_280;

    /// <summary>Returns the interest of one day, in units.</summary>
    /// <param name="day">The day.</param>
    /// <param name="balance">The balance at the end of the day. Nothing is earned or owed on a balance below zero.</param>
    /// <param name="terms">The terms of the day; <see langword="null"/> for none.</param>
    public static Int128 OfDay(DateOnly day, Money balance, ProductTerms? terms)
    {
        if (terms is null || !balance.IsPositive)
        {
            return 0;
        }

        var parts = terms.DayCount == DayCount.Actual365 ? DaysMultiple / 365 : DaysMultiple / 360 * Days30E360(day);
        Int128 units = 0;
        for (var i = 0; i < terms.Tiers.Length; i++)
        {
            var from = ProductMoney.Of(terms.Tiers[i].From, balance.Currency).MinorUnits;
            var to = i + 1 < terms.Tiers.Length
                ? ProductMoney.Of(terms.Tiers[i + 1].From, balance.Currency).MinorUnits
                : long.MaxValue;
            var slice = Math.Min(balance.MinorUnits, to) - from;
            if (slice <= 0)
            {
                break;
            }

            units += (Int128)slice * Millionths(terms.Tiers[i].Rate) * parts;
        }

        return units;
    }

    /// <summary>Splits units into whole minor units, rounded down, and the units left over, which are carried to the next period.</summary>
    public static (long MinorUnits, long Remainder) Split(Int128 units) =>
        units >= 0
            ? (checked((long)(units / UnitsPerMinorUnit)), (long)(units % UnitsPerMinorUnit))
            : throw new ArgumentOutOfRangeException(nameof(units), units, "Interest is never negative.");

    /// <summary>How many days of 30E/360 lie between a day and the next one: 1 for most, 0 for the 30th of a long month.</summary>
    public static int Days30E360(DateOnly day)
    {
        var next = day.AddDays(1);
        return ((next.Year - day.Year) * 360) + ((next.Month - day.Month) * 30) + Math.Min(next.Day, 30) - Math.Min(day.Day, 30);
    }

    // A percentage with four decimal places is a whole number of millionths.
    private static long Millionths(decimal rate) => (long)(rate * 10_000m);
}

/// <summary>Amounts of terms in an account's currency.</summary>
public static class ProductMoney
{
    /// <summary>Returns the amount, without the decimals that the currency does not have.</summary>
    public static Money Of(decimal amount, Currency currency)
    {
        var scale = currency.MinorUnitDigits;
        return Money.Of(decimal.Round(amount, scale, MidpointRounding.ToZero), currency);
    }
}
