using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>
/// Short-lived proofs that a browser has the newest key of a session. A tab fetches one with its cookie and hands it to its circuit, which
/// was opened with an older key. Thread-safe.
/// </summary>
internal sealed class SessionProofs(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>How long a tab may take to prove that its browser has the new key.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // A proof travels at once from one request to the next.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private const char Separator = '\n';

    private readonly IDataProtector _protector = protection.CreateProtector("BankPortal.Web.Identity.SessionProof");

    /// <summary>The clock that measures <see cref="Patience"/>.</summary>
    internal TimeProvider Time => time;

    /// <summary>Makes a proof. Call only for a request that came with that key.</summary>
    internal string Make(SessionHandle session, long keyNumber) => _protector.Protect(
        string.Join(Separator, session.SessionId, Text(keyNumber), Text(time.GetUtcNow().ToUnixTimeSeconds())));

    /// <summary>Reads the key number that a proof is about; <see langword="null"/> when it is not valid for the session or too old.</summary>
    internal long? Read(SessionHandle session, string? proof)
    {
        if (string.IsNullOrEmpty(proof))
        {
            return null;
        }

        try
        {
            var parts = _protector.Unprotect(proof).Split(Separator);
            return parts.Length == 3
                && string.Equals(parts[0], session.SessionId, StringComparison.Ordinal)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var keyNumber)
                && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var madeAt)
                && time.GetUtcNow() < DateTimeOffset.FromUnixTimeSeconds(madeAt) + Lifetime ? keyNumber : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
