using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// Keeps the challenge that a passkey is to sign, between the request that makes it and the one that brings the answer: in a signed and
/// encrypted cookie of its own for each purpose. It is bound to the purpose, to the person and session where they are known, and to what
/// the answer confirms. The first answer uses it up, right or wrong: its mark is stored, so that a copy of the cookie is worthless.
/// Thread-safe.
/// </summary>
internal sealed class PasskeyChallenges(UserRows rows, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>How long an answer may take: enough to fetch a security key.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string CookiePrefix = "__Host-bankportal-passkey-";
    private const int MaxLength = 4096;
    private const int MarkBytes = 16;

    // Longer than any challenge lives.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly IDataProtector _protector = protection.CreateProtector("BankPortal.PasskeyChallenge.v1");

    /// <summary>Keeps a challenge; a newer one of the same purpose replaces it.</summary>
    /// <param name="context">The request that makes it.</param>
    /// <param name="binding">What it is good for.</param>
    /// <param name="state">The framework's state with the challenge.</param>
    internal void Keep(HttpContext context, PasskeyBinding binding, string state)
    {
        var mark = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(MarkBytes));
        var challenge = new Challenge(binding, mark, time.GetUtcNow() + Lifetime, state);
        context.Response.Cookies.Append(
            NameFor(binding.Purpose), _protector.Protect(JsonSerializer.Serialize(challenge)), Options());
    }

    /// <summary>Uses the challenge up and gives its state; <see langword="null"/> when there is none that is good for this.</summary>
    internal async Task<string?> TakeAsync(HttpContext context, PasskeyBinding binding, CancellationToken ct)
    {
        if (context.Request.Cookies[NameFor(binding.Purpose)] is not { Length: > 0 and < MaxLength } sealedText)
        {
            return null;
        }

        context.Response.Cookies.Delete(NameFor(binding.Purpose), Options());
        return Read(sealedText) is { } challenge
            && challenge.Binding == binding
            && time.GetUtcNow() < challenge.Until
            && await rows.TryMarkAsync("passkey-answer#" + challenge.Mark, time.GetUtcNow() + Kept, ct)
            ? challenge.State
            : null;
    }

    /// <summary>The name of the cookie with the challenge of a purpose.</summary>
    internal static string NameFor(PasskeyPurpose purpose) => CookiePrefix + purpose.ToString().ToLowerInvariant();

    private static CookieOptions Options() => new()
    {
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.Strict,
        IsEssential = true,
        Path = "/",
    };

    private Challenge? Read(string sealedText)
    {
        try
        {
            return JsonSerializer.Deserialize<Challenge>(_protector.Unprotect(sealedText));
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private sealed record Challenge(PasskeyBinding Binding, string Mark, DateTimeOffset Until, string State);
}

/// <summary>What a challenge is good for.</summary>
/// <param name="Purpose">The purpose.</param>
/// <param name="UserId">The person, where known.</param>
/// <param name="SessionId">The session of a signed-in person.</param>
/// <param name="About">What the answer confirms, such as the id of a confirmation; <see langword="null"/> for nothing in particular.</param>
internal sealed record PasskeyBinding(PasskeyPurpose Purpose, string? UserId = null, string? SessionId = null, string? About = null);
