namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>Describes a browser in a few words for the list of sessions. A hint for people, never a basis for decisions.</summary>
internal static class UserAgent
{
    // The first match counts, because browsers also name their predecessors.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Vivaldi/", "Vivaldi"), ("FxiOS/", "Firefox"),
        ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chromium/", "Chromium"), ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"),
        ("Macintosh", "Mac"), ("Linux", "Linux"),
    ];

    internal static string Describe(string? header)
    {
        var browser = Find(Browsers, header);
        var system = Find(Systems, header);
        return (browser, system) switch
        {
            (null, null) => "Unknown device",
            (null, _) => system,
            (_, null) => browser,
            _ => $"{browser} on {system}",
        };
    }

    private static string? Find((string Mark, string Name)[] known, string? header) =>
        header is null ? null : known.FirstOrDefault(entry => header.Contains(entry.Mark, StringComparison.Ordinal)).Name;
}
