using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// Recognises browsers in which a person has signed in before, by a signed and encrypted cookie that names the person and the device
/// (OWASP: device cookies). Attempts from such a browser are counted on a row of their own: strangers cannot lock it, and whoever steals
/// the cookie gets no more attempts than anybody else. A cookie from a sign-in by password alone counts until the credentials change:
/// whoever knew the old password could have made many. It proves nothing else and opens nothing. Thread-safe.
/// </summary>
internal sealed class KnownDevices(IHttpContextAccessor context, IDataProtectionProvider protection, TimeProvider time)
{
    private const string CookieName = "__Host-bankportal-known-";

    // Browsers keep no longer cookies; a longer one is not ours.
    private const int MaxLength = 4096;
    private const int DeviceBytes = 16;
    private const char Separator = '\n';

    // A device that is not used for half a year is an unknown one again.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    private readonly IDataProtector _protector = protection.CreateProtector("BankPortal.KnownDevice.v1");

    /// <summary>Returns the row to count the person's attempts on; <see langword="null"/> when this browser is unknown.</summary>
    internal string? RowOf(BankUser user) => Find(user) is { } found ? $"device#{user.Id}#{found.Device}" : null;

    /// <summary>Marks this browser as known for the person, from now on for half a year. Call after a completed sign-in only.</summary>
    /// <param name="user">The person, with the security stamp as stored now.</param>
    /// <param name="secondFactor">Whether a second factor was part of it; otherwise the mark ends with the next change of
    /// credentials.</param>
    internal void Remember(BankUser user, bool secondFactor)
    {
        if (context.HttpContext is not { Response.HasStarted: false } http)
        {
            return;
        }

        var known = Find(user);
        List<string> parts =
        [
            user.Id,
            known?.Device ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(DeviceBytes)),
            time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        ];
        if (!secondFactor && known is not { SecondFactor: true })
        {
            parts.Add(user.SecurityStamp);
        }

        http.Response.Cookies.Append(
            NameFor(user.Id),
            _protector.Protect(string.Join(Separator, parts)),
            new CookieOptions
            {
                HttpOnly = true,
                Secure = true,
                SameSite = SameSiteMode.Strict,
                IsEssential = true,
                Path = "/",
                MaxAge = Lifetime,
            });
    }

    // A name for each person, so that people who share a browser do not make each other unknown.
    internal static string NameFor(string userId) =>
        CookieName + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(userId)).AsSpan(0, 6));

    private (string Device, bool SecondFactor)? Find(BankUser user)
    {
        if (context.HttpContext?.Request.Cookies[NameFor(user.Id)] is not { Length: > 0 and < MaxLength } sealedText)
        {
            return null;
        }

        try
        {
            var parts = _protector.Unprotect(sealedText).Split(Separator);
            return parts.Length is 3 or 4
                && string.Equals(parts[0], user.Id, StringComparison.Ordinal)
                && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var since)
                && time.GetUtcNow() < DateTimeOffset.FromUnixTimeSeconds(since) + Lifetime
                && (parts.Length == 3 || string.Equals(parts[3], user.SecurityStamp, StringComparison.Ordinal))
                ? (parts[1], parts.Length == 3)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
