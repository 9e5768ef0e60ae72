using Microsoft.AspNetCore.WebUtilities;

namespace BankPortal.Web.Components.Pages;

/// <summary>
/// Reads and writes the values of filters that stand in an address, so that every view can be bookmarked and shared. The
/// form is the same for every reader: days as 2026-01-31, amounts with a point. No method throws on text that it cannot read.
/// </summary>
public static class QueryText
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>No amount in an address reaches this one.</summary>
    private const decimal AmountBound = 1e15m;

    /// <summary>The text; <see langword="null"/> where it is blank.</summary>
    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>The values of a parameter that may be repeated, without blank ones and repeats; at most <paramref name="max"/>.</summary>
    public static ImmutableArray<string> Distinct(IEnumerable<string?>? values, int max) =>
        [
            .. (values ?? [])
                .Where(value => !string.IsNullOrWhiteSpace(value))
                .Select(value => value!)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(max),
        ];

    /// <summary>A day as it stands in an address.</summary>
    public static string Format(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>An amount as it stands in an address.</summary>
    public static string Format(decimal amount) => amount.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>The day; <see langword="null"/> where the text is none.</summary>
    public static DateOnly? ParseDay(string? text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The amount, which has no sign and is below 10¹⁵; <see langword="null"/> where the text is none.</summary>
    public static decimal? ParseAmount(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount < AmountBound
            ? amount
            : null;

    /// <summary>The member of that name, in any case; <see langword="null"/> where there is none. Numbers are no names.</summary>
    public static T? ParseName<T>(string? name)
        where T : struct, Enum =>
        name is [var first, ..]
        && char.IsAsciiLetter(first)
        && Enum.TryParse<T>(name, ignoreCase: true, out var value)
        && Enum.IsDefined(value)
            ? value
            : null;

    /// <summary>An address with the parameters that have a value.</summary>
    public static string Address(string path, IEnumerable<KeyValuePair<string, string?>> parameters) =>
        QueryHelpers.AddQueryString(path, parameters.Where(pair => pair.Value is not null));
}
