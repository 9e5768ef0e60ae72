namespace BankPortal.Core.Common;

/// <summary>
/// An exact amount of one currency, stored as a whole number of minor units (cents). Arithmetic is checked: it throws
/// <see cref="OverflowException"/> instead of wrapping, and <see cref="InvalidOperationException"/> when currencies differ.
/// </summary>
/// <param name="MinorUnits">The amount in minor units of <paramref name="Currency"/>; may be negative.</param>
/// <param name="Currency">The currency.</param>
public readonly record struct Money(long MinorUnits, Currency Currency) : IComparable<Money>
{
    /// <summary>The amount in major units (dollars), with as many decimal places as the currency has.</summary>
    public decimal Amount => new decimal(MinorUnits) / Scale(Currency);

    /// <summary>Whether the amount is below zero.</summary>
    public bool IsNegative => MinorUnits < 0;

    /// <summary>Whether the amount is above zero.</summary>
    public bool IsPositive => MinorUnits > 0;

    /// <summary>Whether the amount is zero.</summary>
    public bool IsZero => MinorUnits == 0;

    /// <summary>Returns an amount of zero in the given currency.</summary>
    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>Creates an amount from major units.</summary>
    /// <exception cref="ArgumentException">The amount has more decimal places than the currency.</exception>
    /// <exception cref="OverflowException">The amount in minor units does not fit in 64 bits.</exception>
    public static Money Of(decimal amount, Currency currency) =>
        TryOf(amount, currency, out var money)
            ? money
            : throw new ArgumentException(
                $"{amount.ToString(CultureInfo.InvariantCulture)} has more decimals than {currency} allows.", nameof(amount));

    /// <summary>Creates an amount from major units.</summary>
    /// <returns><see langword="false"/> when the amount has more decimal places than the currency allows or does not fit in 64 bits of
    /// minor units.</returns>
    public static bool TryOf(decimal amount, Currency currency, out Money money)
    {
        money = default;
        if (Math.Abs(amount) > long.MaxValue / 1000m)
        {
            return false;
        }

        var minor = amount * Scale(currency);
        if (minor != decimal.Truncate(minor))
        {
            return false;
        }

        money = new Money(decimal.ToInt64(minor), currency);
        return true;
    }

    /// <summary>Returns the amount without its sign.</summary>
    public Money Abs() => new(Math.Abs(MinorUnits), Currency);

    /// <summary>Returns the smaller of two amounts of the same currency.</summary>
    public static Money Min(Money left, Money right) => left <= right ? left : right;

    /// <summary>Returns the larger of two amounts of the same currency.</summary>
    public static Money Max(Money left, Money right) => left >= right ? left : right;

    /// <summary>Adds two amounts of the same currency.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.MinorUnits + right.Same(left).MinorUnits), left.Currency);

    /// <summary>Subtracts one amount from another of the same currency.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.MinorUnits - right.Same(left).MinorUnits), left.Currency);

    /// <summary>Negates the amount.</summary>
    public static Money operator -(Money money) => new(checked(-money.MinorUnits), money.Currency);

    /// <summary>Returns whether <paramref name="left"/> is less; throws when the currencies differ.</summary>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>Returns whether <paramref name="left"/> is greater; throws when the currencies differ.</summary>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Returns whether <paramref name="left"/> is less or equal; throws when the currencies differ.</summary>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>Returns whether <paramref name="left"/> is greater or equal; throws when the currencies differ.</summary>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>Compares two amounts of the same currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public int CompareTo(Money other) => MinorUnits.CompareTo(other.Same(this).MinorUnits);

    /// <summary>Formats the amount for logs and tests, independent of culture, such as <c>-12.50 USD</c>. Screens use
    /// <see cref="Format"/>.</summary>
    public override string ToString() =>
        Amount.ToString("F" + Currency.MinorUnitDigits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            + " " + Currency.Code;

    /// <summary>Formats the amount for people: symbol, grouping and decimals by <paramref name="culture"/>.</summary>
    public string Format(CultureInfo culture)
    {
        var format = (NumberFormatInfo)culture.NumberFormat.Clone();
        format.CurrencySymbol = Currency.Symbol;
        format.CurrencyDecimalDigits = Currency.MinorUnitDigits;
        format.CurrencyNegativePattern = culture.NumberFormat.CurrencyPositivePattern switch
        {
            0 => 1, // -$n
            1 => 5, // -n$
            2 => 9, // -$ n
            _ => 8, // -n $
        };
        return Amount.ToString("C", format);
    }

    private static long Scale(Currency currency) => currency.MinorUnitDigits switch
    {
        0 => 1,
        2 => 100,
        3 => 1000,
        var digits => throw new InvalidOperationException(
            $"No scale for {digits.ToString(CultureInfo.InvariantCulture)} minor unit digits."),
    };

    private Money Same(Money other) => Currency == other.Currency
        ? this
        : throw new InvalidOperationException($"{Currency} and {other.Currency} cannot be mixed.");
}
