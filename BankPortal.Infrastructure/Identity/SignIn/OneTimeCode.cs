using System.Buffers.Binary;
using System.Security.Cryptography;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>Computes and checks time-based one-time passwords (RFC 6238): HMAC-SHA1, steps of 30 seconds, six digits, as authenticator
/// apps do.</summary>
public static class OneTimeCode
{
    internal const int Digits = 6;

    private const int StepSeconds = 30;
    private const int Modulus = 1_000_000;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Returns the code an authenticator app with this secret shows now; <see langword="null"/> when the text is no Base32
    /// secret. For demonstrations.</summary>
    public static string? Show(string secret, DateTimeOffset now) =>
        DecodeSecret(secret) is { } bytes ? Compute(bytes, StepAt(now)).ToString("D6", CultureInfo.InvariantCulture) : null;

    /// <summary>Returns the time step of an instant.</summary>
    internal static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>Computes the code of a step.</summary>
    internal static int Compute(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 as implemented by authenticator apps; HMAC-SHA1 is not affected by SHA-1's collisions.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var offset = hash[^1] & 0x0f;
        return (BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & int.MaxValue) % Modulus;
    }

    /// <summary>
    /// Finds the step of a code: the current one, the one before or the one after; <see langword="null"/> when none matches. Always
    /// compares all three, so that the time taken reveals nothing.
    /// </summary>
    internal static long? FindStep(ReadOnlySpan<byte> secret, int code, DateTimeOffset now)
    {
        var current = StepAt(now);
        long? found = null;
        Span<byte> expected = stackalloc byte[sizeof(int)];
        Span<byte> typed = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(typed, code);
        foreach (var step in (ReadOnlySpan<long>)[current + 1, current - 1, current])
        {
            BinaryPrimitives.WriteInt32BigEndian(expected, Compute(secret, step));
            found = CryptographicOperations.FixedTimeEquals(expected, typed) ? step : found;
        }

        return found;
    }

    /// <summary>Parses a code as typed: six digits, with spaces and hyphens between them ignored.</summary>
    internal static bool TryReadCode(string? typed, out int code)
    {
        code = 0;
        if (typed is null || typed.Length > Digits * 3)
        {
            return false;
        }

        var digits = new string([.. typed.Where(c => c is not (' ' or '-' or '\u00a0'))]);
        return digits.Length == Digits && digits.All(char.IsAsciiDigit)
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out code);
    }

    /// <summary>Decodes a Base32 secret (RFC 4648), ignoring case, spaces and padding; <see langword="null"/> when it is
    /// invalid.</summary>
    internal static byte[]? DecodeSecret(string text)
    {
        var bytes = new List<byte>(text.Length * 5 / 8);
        var buffer = 0;
        var bits = 0;
        foreach (var c in text)
        {
            if (c is ' ' or '=')
            {
                continue;
            }

            var value = Base32.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal);
            if (value < 0)
            {
                return null;
            }

            buffer = ((buffer << 5) | value) & 0xfff;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)((buffer >> bits) & 0xff));
            }
        }

        return bytes.Count == 0 ? null : [.. bytes];
    }
}
