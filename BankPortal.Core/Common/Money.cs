namespace BankPortal.Core.Common;

/// <summary>
/// An exact amount of one currency, held as a whole number of minor units (cents). Arithmetic is checked: it throws
/// <see cref="OverflowException"/> rather than wrap, and refuses to mix currencies.
/// </summary>
/// <param name="MinorUnits">The amount in minor units of <paramref name="Currency"/>; may be negative.</param>
/// <param name="Currency">The currency.</param>
public readonly record struct Money(long MinorUnits, Currency Currency) : IComparable<Money>
{
    /// <summary>The amount in major units (dollars), with as many decimals as the currency has.</summary>
    public decimal Amount => new decimal(MinorUnits) / Scale(Currency);

    /// <summary>Whether the amount is below zero.</summary>
    public bool IsNegative => MinorUnits < 0;

    /// <summary>Whether the amount is above zero.</summary>
    public bool IsPositive => MinorUnits > 0;

    /// <summary>Whether the amount is zero.</summary>
    public bool IsZero => MinorUnits == 0;

    /// <summary>Nothing, in that currency.</summary>
    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>An amount given in major units.</summary>
    /// <exception cref="ArgumentException">The amount has more decimals than the currency.</exception>
    /// <exception cref="OverflowException">The amount is outside the range of 64 bits of minor units.</exception>
    public static Money Of(decimal amount, Currency currency) =>
        TryOf(amount, currency, out var money)
            ? money
            : throw new ArgumentException($"{amount.ToString(CultureInfo.InvariantCulture)} has more decimals than {currency} allows.", nameof(amount));

    /// <summary>An amount given in major units; <see langword="false"/> when it has more decimals than the currency allows or is too large.</summary>
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

    /// <summary>The amount without its sign.</summary>
    public Money Abs() => new(Math.Abs(MinorUnits), Currency);

    /// <summary>The smaller of the two.</summary>
    public static Money Min(Money left, Money right) => left <= right ? left : right;

    /// <summary>The larger of the two.</summary>
    public static Money Max(Money left, Money right) => left >= right ? left : right;

    /// <summary>Sum of two amounts of the same currency.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.MinorUnits + right.Same(left).MinorUnits), left.Currency);

    /// <summary>Difference of two amounts of the same currency.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.MinorUnits - right.Same(left).MinorUnits), left.Currency);

    /// <summary>The amount with its sign turned.</summary>
    public static Money operator -(Money money) => new(checked(-money.MinorUnits), money.Currency);

    /// <summary>Whether <paramref name="left"/> is less; throws on different currencies.</summary>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> is greater; throws on different currencies.</summary>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> is less or equal; throws on different currencies.</summary>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> is greater or equal; throws on different currencies.</summary>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>Compares two amounts of the same currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public int CompareTo(Money other) => MinorUnits.CompareTo(other.Same(this).MinorUnits);

    /// <summary>Invariant form for logs and tests, such as <c>-12.50 USD</c>. Screens format by the user's culture instead.</summary>
    public override string ToString() =>
        Amount.ToString("F" + Currency.MinorUnitDigits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " " + Currency.Code;

    /// <summary>Form for sentences shown to people: symbol, grouping and decimals of <paramref name="culture"/>.</summary>
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
        var digits => throw new InvalidOperationException($"No scale for {digits.ToString(CultureInfo.InvariantCulture)} minor unit digits."),
    };

    private Money Same(Money other) => Currency == other.Currency
        ? this
        : throw new InvalidOperationException($"{Currency} and {other.Currency} cannot be mixed.");
}
