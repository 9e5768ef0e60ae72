namespace BankPortal.Web.Hosting.Culture;

/// <summary>
/// The cultures in which numbers and dates can be shown and typed. The words of the portal are English whatever is
/// chosen here; only formats change.
/// </summary>
public static class SupportedCultures
{
    /// <summary>Names of the supported cultures. The first of each language also serves visitors from its other regions.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "en-US", "en-GB", "en-AU", "en-CA", "en-IE", "en-IN", "en-NZ", "en-ZA",
        "cs-CZ", "da-DK", "de-DE", "de-AT", "de-CH", "es-ES", "es-MX", "fi-FI", "fr-FR", "fr-CA", "fr-CH",
        "it-IT", "ja-JP", "nl-NL", "nb-NO", "pl-PL", "pt-PT", "pt-BR", "sv-SE",
    ];

    /// <summary>The cultures with the name people know them by, for the list in the user menu.</summary>
    public static ImmutableArray<CultureInfo> Cultures { get; } = [.. All.Select(CultureInfo.GetCultureInfo)];

    /// <summary>
    /// The supported culture nearest to what a browser asks for, or <see langword="null"/> if there is none in that language.
    /// </summary>
    public static string? Nearest(string? requested)
    {
        if (string.IsNullOrWhiteSpace(requested))
        {
            return null;
        }

        var name = requested.Trim();
        foreach (var culture in All)
        {
            if (string.Equals(culture, name, StringComparison.OrdinalIgnoreCase))
            {
                return culture;
            }
        }

        var dash = name.IndexOf('-', StringComparison.Ordinal);
        var language = dash < 0 ? name : name[..dash];
        language = string.Equals(language, "no", StringComparison.OrdinalIgnoreCase) ? "nb" : language;
        foreach (var culture in All)
        {
            if (culture.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase))
            {
                return culture;
            }
        }

        return null;
    }
}
