using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// Provides a hash of a random password with the configured iterations. Comparing with it takes as long as comparing with a real hash, so
/// that unknown addresses cannot be detected by timing. Thread-safe.
/// </summary>
internal sealed class DecoyPassword(IOptions<BankIdentityOptions> options)
{
    // The framework's format 3: marker, pseudo-random function, iterations, length of the salt, salt, 256-bit key.
    private const byte Format = 1;
    private const uint HmacSha512 = 2;
    private const int SaltBytes = 16;
    private const int HeaderBytes = 13;
    private const int KeyBytes = 32;

    private readonly BankUser _nobody = new();
    private readonly string _hash = Make(options.Value.PasswordIterations);

    internal PasswordVerificationResult Verify(IPasswordHasher<BankUser> hasher, string password) =>
        hasher.VerifyHashedPassword(_nobody, _hash, password);

    private static string Make(int iterations)
    {
        var bytes = RandomNumberGenerator.GetBytes(HeaderBytes + SaltBytes + KeyBytes);
        bytes[0] = Format;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), HmacSha512);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5), (uint)iterations);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(9), SaltBytes);
        return Convert.ToBase64String(bytes);
    }
}
