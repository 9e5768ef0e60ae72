using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// Recognises browsers in which a person has completed a second factor before, by a signed and encrypted cookie that names the person and
/// the device (OWASP: device cookies). Attempts from such a browser are counted on a row of their own: strangers cannot lock it, and
/// whoever steals the cookie gets no more attempts than anybody else. It proves nothing else and opens nothing. Thread-safe.
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
    internal string? RowOf(string userId) => Find(userId) is { } device ? $"device#{userId}#{device}" : null;

    /// <summary>Marks this browser as known for the person, from now on for half a year. Call after a second factor only.</summary>
    internal void Remember(string userId)
    {
        if (context.HttpContext is not { Response.HasStarted: false } http)
        {
            return;
        }

        var device = Find(userId) ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(DeviceBytes));
        var now = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        http.Response.Cookies.Append(
            NameFor(userId),
            _protector.Protect(string.Join(Separator, userId, device, now)),
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

    private string? Find(string userId)
    {
        if (context.HttpContext?.Request.Cookies[NameFor(userId)] is not { Length: > 0 and < MaxLength } sealedText)
        {
            return null;
        }

        try
        {
            var parts = _protector.Unprotect(sealedText).Split(Separator);
            return parts.Length == 3
                && string.Equals(parts[0], userId, StringComparison.Ordinal)
                && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var since)
                && time.GetUtcNow() < DateTimeOffset.FromUnixTimeSeconds(since) + Lifetime ? parts[1] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
