using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace BankPortal.Web.Features.Identity.Messages;

/// <summary>The links in messages, which carry a user's id and a token of ASP.NET Core Identity.</summary>
internal static class LinkToken
{
    private const int MaxLength = 4096;

    /// <summary>A link to a page of the portal.</summary>
    /// <param name="site">The portal's address, without a slash at the end.</param>
    /// <param name="path">The page.</param>
    /// <param name="userId">Whom the token is for.</param>
    /// <param name="token">The token as Identity made it.</param>
    public static string Link(string site, string path, string userId, string token) =>
        $"{site}{path}?u={Uri.EscapeDataString(userId)}&t={WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token))}";

    /// <summary>The token of a link as Identity made it; <see langword="null"/> when the text is no token.</summary>
    public static string? Decode(string? token)
    {
        if (token is not { Length: > 0 and <= MaxLength })
        {
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(token));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
