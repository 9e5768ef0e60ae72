using System.Diagnostics.CodeAnalysis;

namespace BankPortal.Web.Features.Identity.Access;

/// <summary>
/// Decides whether an address that came from outside may be redirected to, and writes it so that a response can carry it.
/// </summary>
public static class LocalUrl
{
    /// <summary>
    /// Whether the address is a path of this portal: it starts with one slash, not two and not a slash and a backslash
    /// (browsers read both as another host), and carries no control characters.
    /// </summary>
    public static bool IsLocal([NotNullWhen(true)] string? url) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl);

    /// <summary>The address when it is local, as <see cref="Escape"/> writes it, else <paramref name="otherwise"/>.</summary>
    public static string OrElse(string? url, string otherwise) => IsLocal(url) ? Escape(url) : otherwise;

    /// <summary>
    /// The same address in the characters that a header may have: all others are percent-encoded as UTF-8. A query parameter
    /// arrives decoded, and the server refuses to send other characters in a redirect. What is encoded already stays as it is.
    /// </summary>
    public static string Escape(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return url.All(IsPlain)
            ? url
            : string.Concat(url.EnumerateRunes().Select(rune =>
                rune.IsAscii && IsPlain((char)rune.Value) ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
    }

    private static bool IsPlain(char c) =>
        c is > ' ' and < '\x7F' and not ('"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}');
}
