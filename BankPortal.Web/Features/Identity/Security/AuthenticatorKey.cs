namespace BankPortal.Web.Features.Identity.Security;

/// <summary>The shared secret of an authenticator, in the forms people and apps take it.</summary>
internal static class AuthenticatorKey
{
    public const string Issuer = "BankPortal";

    private const int GroupLength = 4;

    /// <summary>In groups of four, for typing.</summary>
    public static string Grouped(string key) =>
        string.Join(' ', key.Chunk(GroupLength).Select(group => new string(group))).ToLowerInvariant();

    /// <summary>As the address authenticator apps read from a QR code (Key URI Format).</summary>
    public static string Uri(string key, string account) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(Issuer)}:{System.Uri.EscapeDataString(account)}?secret={key}&issuer={System.Uri.EscapeDataString(Issuer)}&algorithm=SHA1&digits=6&period=30";
}
