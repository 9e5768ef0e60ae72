using System.Numerics;

namespace BankPortal.Core.Fraud.Engine;

/// <summary>
/// The facts of one transfer. A fact may be unknown; then a condition on it does not hold. Values are whole hundredths of the fact's unit
/// (for money: of the major unit), so that comparisons are exact and fast. Not thread-safe while it is being filled.
/// </summary>
public sealed class RiskFacts
{
    private const byte FormatVersion = 1;

    private readonly long[] _values;
    private ulong _known;

    private RiskFacts(Currency currency, long[] values, ulong known)
    {
        Currency = currency;
        _values = values;
        _known = known;
    }

    /// <summary>Creates facts that are all unknown.</summary>
    internal RiskFacts(Currency currency)
        : this(currency, new long[RiskVocabulary.All.Length], 0)
    {
    }

    /// <summary>The currency of the facts in units of money.</summary>
    public Currency Currency { get; }

    /// <summary>The value in the fact's unit; <see langword="null"/> when it is unknown.</summary>
    public decimal? this[RiskFact fact]
    {
        get => IsKnown(fact) ? _values[(int)fact] / 100m : null;
        internal set
        {
            if (value is { } known)
            {
                _values[(int)fact] = ToHundredths(known);
                _known |= 1UL << (int)fact;
            }
        }
    }

    /// <summary>Whether the fact is known.</summary>
    public bool IsKnown(RiskFact fact) => (_known >> (int)fact & 1) == 1;

    /// <summary>Returns a copy with some facts changed; for trying rules out.</summary>
    public RiskFacts With(params ReadOnlySpan<(RiskFact Fact, decimal? Value)> changes)
    {
        var copy = new RiskFacts(Currency, [.. _values], _known);
        foreach (var (fact, value) in changes)
        {
            copy._known &= ~(1UL << (int)fact);
            copy[fact] = value;
        }

        return copy;
    }

    /// <summary>Returns facts that are unknown except for those given; for trying rules out.</summary>
    public static RiskFacts Of(Currency currency, params ReadOnlySpan<(RiskFact Fact, decimal? Value)> facts) =>
        new RiskFacts(currency).With(facts);

    /// <summary>Encodes the facts for storage: a few bytes for each fact that is known and not zero.</summary>
    public byte[] Format()
    {
        using var stream = new MemoryStream(96);
        using var writer = new BinaryWriter(stream);
        writer.Write(FormatVersion);
        writer.Write(Currency.Code);
        var nonZero = 0UL;
        for (var i = 0; i < _values.Length; i++)
        {
            nonZero |= _values[i] == 0 ? 0 : 1UL << i;
        }

        writer.Write7BitEncodedInt64((long)_known);
        writer.Write7BitEncodedInt64((long)(nonZero & _known));
        for (var rest = nonZero & _known; rest != 0; rest &= rest - 1)
        {
            var value = _values[BitOperations.TrailingZeroCount(rest)];
            writer.Write7BitEncodedInt64((value << 1) ^ (value >> 63));
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Decodes stored facts; facts added to the vocabulary later are unknown.</summary>
    /// <exception cref="InvalidDataException">The bytes have a format this version does not know.</exception>
    public static RiskFacts Parse(ReadOnlyMemory<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
        if (bytes.IsEmpty || reader.ReadByte() != FormatVersion)
        {
            throw new InvalidDataException("The facts have an unknown form.");
        }

        var facts = new RiskFacts(Currency.Of(reader.ReadString())) { _known = (ulong)reader.Read7BitEncodedInt64() };
        for (var rest = (ulong)reader.Read7BitEncodedInt64(); rest != 0; rest &= rest - 1)
        {
            var value = reader.Read7BitEncodedInt64();
            facts._values[BitOperations.TrailingZeroCount(rest)] = (long)((ulong)value >> 1) ^ -(value & 1);
        }

        return facts;
    }

    /// <summary>Formats the value of a fact for people: "$9,500.00", "3.5 hours", "85%", "unknown".</summary>
    public string Display(RiskFact fact, CultureInfo culture) => Display(fact, this[fact], Currency, culture);

    /// <summary>Formats a given value of a fact for people.</summary>
    public static string Display(RiskFact fact, decimal? value, Currency currency, CultureInfo culture)
    {
        if (value is not { } known)
        {
            return "unknown";
        }

        var definition = RiskVocabulary.Of(fact);
        return definition.Unit switch
        {
            RiskUnit.Money => Money.TryOf(decimal.Round(known, currency.MinorUnitDigits), currency, out var money)
                ? money.Format(culture)
                : Money.Zero(currency).Format(culture),
            RiskUnit.Share => known.ToString("P0", culture),
            RiskUnit.Hours => Hours(known, culture),
            RiskUnit.Days => Number(known, culture) + (known == 1 ? " day" : " days"),
            RiskUnit.Flag => known != 0 ? "yes" : "no",
            RiskUnit.Choice => known >= 0 && known < definition.Choices.Length ? definition.Choices[(int)known] : "unknown",
            _ => Number(known, culture),
        };
    }

    internal static long ToHundredths(decimal value) =>
        (long)decimal.Clamp(decimal.Round(value * 100m, MidpointRounding.AwayFromZero), long.MinValue / 4, long.MaxValue / 4);

    internal bool TryGet(int fact, out long hundredths)
    {
        hundredths = _values[fact];
        return (_known >> fact & 1) == 1;
    }

    private static string Hours(decimal hours, CultureInfo culture)
    {
        var minutes = (int)(hours * 60);
        return hours >= 1 || hours == 0 ? Number(hours, culture) + (hours == 1 ? " hour" : " hours")
            : minutes == 0 ? "less than a minute"
            : minutes.ToString(culture) + (minutes == 1 ? " minute" : " minutes");
    }

    private static string Number(decimal value, CultureInfo culture) =>
        decimal.Round(value, 1).ToString(value == decimal.Truncate(value) ? "N0" : "N1", culture);
}
