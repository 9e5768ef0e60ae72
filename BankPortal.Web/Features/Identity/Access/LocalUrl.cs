using System.Diagnostics.CodeAnalysis;

namespace BankPortal.Web.Features.Identity.Access;

/// <summary>Decides whether an address that came from outside may be redirected to.</summary>
public static class LocalUrl
{
    /// <summary>
    /// Whether the address is a path of this portal: it starts with one slash, not two and not a slash and a backslash
    /// (browsers read both as another host), and carries no control characters.
    /// </summary>
    public static bool IsLocal([NotNullWhen(true)] string? url) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl);

    /// <summary>The address when it is local, else <paramref name="otherwise"/>.</summary>
    public static string OrElse(string? url, string otherwise) => IsLocal(url) ? url : otherwise;
}
