using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace BankPortal.Web.Components.Formatting;

/// <summary>
/// Icons, amounts, times and badges as pieces of HTML, one frame of the render tree each: <c>@Markup.Icon(IconName.Plus, 18)</c>.
/// As components they would take some 3 KB each of every open page, which was half of a page's memory. All text is
/// encoded here; <c>css</c> takes class names from the code and is encoded too. Thread-safe.
/// </summary>
public static class Markup
{
    private const int UsualSize = 20;

    // Letters of all languages stay as they are; what HTML could take for markup does not.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    // One text for all who look at it. Names, sizes and classes come from the code, so there are few.
    private static readonly ConcurrentDictionary<(IconName Name, int Size, string? Css), MarkupString> Icons = new();

    private static readonly MarkupString UsualBrand = DrawBrand(30);

    /// <summary>A line icon in the colour of the text, hidden from screen readers unless it has a title.</summary>
    /// <param name="name">Which icon.</param>
    /// <param name="size">Side length in pixels at the usual text size.</param>
    /// <param name="title">What the icon says, if it says something the text beside it does not.</param>
    /// <param name="css">More classes.</param>
    public static MarkupString Icon(IconName name, int size = UsualSize, string? title = null, string? css = null) =>
        title is null
            ? Icons.GetOrAdd((name, size, css), static key => Draw(key.Name, key.Size, null, key.Css))
            : Draw(name, size, title, css);

    /// <summary>
    /// An amount of money: the reader's number format for the eyes, sign, number and code for screen readers. Columns of
    /// amounts have the class "num"; movements show their sign always.
    /// </summary>
    /// <param name="value">The amount.</param>
    /// <param name="sign">When a sign is shown.</param>
    /// <param name="tone">The colour; only repeats the sign.</param>
    /// <param name="currency">Whether the currency is shown; leave it out only where the column or heading says it.</param>
    /// <param name="css">More classes.</param>
    public static MarkupString Amount(
        Money value,
        AmountSign sign = AmountSign.Negative,
        AmountTone tone = AmountTone.Plain,
        bool currency = true,
        string? css = null
    ) =>
        new(
            $"<span class=\"{Classes("amount", ToneOf(value, tone), css)}\" data-minor=\"{value.MinorUnits.ToString(CultureInfo.InvariantCulture)}\">"
                + $"<span aria-hidden=\"true\">{Encode(MoneyFormat.Format(value, sign, currency))}</span>"
                + $"<span class=\"sr-only\">{Encode(MoneyFormat.Spoken(value, sign))}</span></span>"
        );

    /// <summary>
    /// An instant in the reader's time zone and date format; the tooltip has the exact time and the zone. Whoever shows it
    /// draws it again when <see cref="UserTimeZone.Changed"/> is raised.
    /// </summary>
    /// <param name="value">The instant.</param>
    /// <param name="format">How much of it is shown.</param>
    /// <param name="zone">The reader's zone.</param>
    /// <param name="now">The time now, for "Today" and "5 minutes ago".</param>
    /// <param name="css">More classes.</param>
    public static MarkupString Time(DateTimeOffset value, TimeFormat format, UserTimeZone zone, DateTimeOffset now, string? css = null)
    {
        var culture = CultureInfo.CurrentCulture;
        var title = TimeText.Format(value, TimeFormat.Precise, zone.Zone, now, culture) + " (" + zone.Describe(value) + ")";
        return new MarkupString(
            $"<time class=\"{Classes("time", css)}\" datetime=\"{TimeText.Machine(value)}\""
                + $" title=\"{Encode(title)}\">{Encode(TimeText.Format(value, format, zone.Zone, now, culture))}</time>"
        );
    }

    /// <summary>A state in one or two words: "Active", "Frozen", "On hold".</summary>
    public static MarkupString Badge(string text, StatusTone tone = StatusTone.Neutral) =>
        new($"<span class=\"badge badge-{tone.ToString().ToLowerInvariant()}\">{Encode(text)}</span>");

    /// <summary>The mark of the bank (figures right-aligned over the double rule that closes an account) and its name.</summary>
    /// <param name="size">Side length of the mark in pixels at the usual text size.</param>
    public static MarkupString Brand(int size = 30) => size == 30 ? UsualBrand : DrawBrand(size);

    /// <summary>A text as HTML, for pieces of HTML that are put together elsewhere.</summary>
    internal static string Encode(string text) => Encoder.Encode(text);

    private static MarkupString Draw(IconName name, int size, string? title, string? css)
    {
        var side = Side(size);
        var spoken = title is null ? "aria-hidden=\"true\"" : $"role=\"img\" aria-label=\"{Encode(title)}\"";
        return new MarkupString(
            $"<svg class=\"{Classes("icon", css)}\" viewBox=\"0 0 24 24\" width=\"{side}\" height=\"{side}\" fill=\"none\""
                + " stroke=\"currentColor\" stroke-width=\"1.75\" stroke-linecap=\"round\" stroke-linejoin=\"round\""
                + $" {spoken} focusable=\"false\"><path d=\"{IconShapes.Path(name)}\"></path></svg>"
        );
    }

    private static MarkupString DrawBrand(int size) =>
        new(
            $"<span class=\"brand\"><svg class=\"brand-mark\" viewBox=\"0 0 32 32\" width=\"{Side(size)}\" height=\"{Side(size)}\" aria-hidden=\"true\" focusable=\"false\">"
                + "<rect width=\"32\" height=\"32\" rx=\"8\" fill=\"var(--brand-mark)\"></rect>"
                + "<path d=\"M15 9h10M9 14.500h16\" stroke=\"var(--brand-mark-ink)\" stroke-width=\"2.750\" stroke-linecap=\"round\"></path>"
                + "<path d=\"M7 20.500h18M7 24.250h18\" stroke=\"var(--brand-mark-ink)\" stroke-width=\"1.500\" opacity=\".85\"></path>"
                + "</svg> <span class=\"brand-word\">Bank<span>Portal</span></span></span>"
        );

    // In rem: on very large screens the page's text grows, and what stands beside it.
    private static string Side(int size) => (size / 16m).ToString("0.####", CultureInfo.InvariantCulture) + "rem";

    private static string ToneOf(Money value, AmountTone tone) => tone switch
    {
        AmountTone.Movement => value.IsPositive ? "amount-in" : "amount-out",
        AmountTone.Balance => value.IsNegative ? "amount-below" : "",
        AmountTone.Muted => "amount-muted",
        _ => "",
    };

    private static string Classes(params ReadOnlySpan<string?> names)
    {
        var classes = names[0]!;
        foreach (var name in names[1..])
        {
            classes = string.IsNullOrEmpty(name) ? classes : classes + " " + Encode(name);
        }

        return classes;
    }
}
