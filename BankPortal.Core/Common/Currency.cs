using System.Collections.Frozen;

namespace BankPortal.Core.Common;

/// <summary>
/// A currency of ISO 4217: its alphabetic code and the number of decimal digits of its minor unit.
/// Two currencies are equal when their codes are.
/// </summary>
public readonly record struct Currency
{
    private static readonly FrozenDictionary<string, (byte Digits, string Symbol)> Known =
        new Dictionary<string, (byte, string)>(StringComparer.Ordinal)
        {
            ["AUD"] = (2, "A$"), ["CAD"] = (2, "CA$"), ["CHF"] = (2, "CHF"), ["EUR"] = (2, "€"), ["GBP"] = (2, "£"),
            ["INR"] = (2, "₹"), ["JPY"] = (0, "¥"), ["NZD"] = (2, "NZ$"), ["SEK"] = (2, "SEK"), ["USD"] = (2, "$"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly string? _code;

    private Currency(string code) => _code = code;

    /// <summary>Australian dollar.</summary>
    public static Currency Aud { get; } = new("AUD");

    /// <summary>Euro.</summary>
    public static Currency Eur { get; } = new("EUR");

    /// <summary>Japanese yen, which has no minor unit.</summary>
    public static Currency Jpy { get; } = new("JPY");

    /// <summary>United States dollar.</summary>
    public static Currency Usd { get; } = new("USD");

    /// <summary>All currencies that the bank supports, by code.</summary>
    public static ImmutableArray<Currency> All { get; } = [.. Known.Keys.Order(StringComparer.Ordinal).Select(code => new Currency(code))];

    /// <summary>The ISO 4217 alphabetic code: three capital letters. The default value of the struct is the US dollar.</summary>
    public string Code => _code ?? "USD";

    /// <summary>How many decimal digits an amount may have: 2 for most, 0 for the yen.</summary>
    public int MinorUnitDigits => Known[Code].Digits;

    /// <summary>The symbol shown before an amount where the currency is not in doubt, such as <c>$</c>.</summary>
    public string Symbol => Known[Code].Symbol;

    /// <summary>Returns the currency with the given code.</summary>
    /// <exception cref="ArgumentException">The bank does not support this currency.</exception>
    public static Currency Of(string code) =>
        TryParse(code, out var currency)
            ? currency
            : throw new ArgumentException($"'{code}' is not a currency the bank supports.", nameof(code));

    /// <summary>Looks up a currency by its code, ignoring case.</summary>
    /// <returns><see langword="false"/> when the bank does not support the currency.</returns>
    public static bool TryParse(string? code, out Currency currency)
    {
        var upper = code?.Trim().ToUpperInvariant();
        var known = upper is not null && Known.ContainsKey(upper);
        currency = known ? new Currency(upper!) : default;
        return known;
    }

    /// <inheritdoc/>
    public bool Equals(Currency other) => string.Equals(Code, other.Code, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Code;
}
