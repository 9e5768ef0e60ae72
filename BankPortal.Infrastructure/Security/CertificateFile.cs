using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BankPortal.Infrastructure.Security;

/// <summary>Reads a certificate with its private key from a file: PKCS #12 (<c>.pfx</c>), or PEM with the key beside or inside.</summary>
public static class CertificateFile
{
    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">The password of the file or of its key; <see langword="null"/> for none.</param>
    /// <param name="keyPath">The file of the key, where it is apart from the certificate.</param>
    /// <exception cref="StartRefusedException">
    /// It cannot be used. The message is the end of a sentence that begins with the name of the setting.
    /// </exception>
    public static X509Certificate2 Load(string path, string? password, string? keyPath = null)
    {
        if (!File.Exists(path))
        {
            throw new StartRefusedException($"names the file {path}, which does not exist.");
        }

        X509Certificate2 certificate;
        try
        {
            certificate = keyPath is null && !IsPem(path)
                ? X509CertificateLoader.LoadPkcs12FromFile(path, password)
                : string.IsNullOrEmpty(password)
                    ? X509Certificate2.CreateFromPemFile(path, keyPath)
                    : X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"names the file {path}, which cannot be read as a certificate with its private key; perhaps its password is wrong.", e);
        }

        if (!certificate.HasPrivateKey)
        {
            certificate.Dispose();
            throw new StartRefusedException($"names the file {path}, which has a certificate but not its private key.");
        }

        return certificate;
    }

    private static bool IsPem(string path)
    {
        using var text = File.OpenText(path);
        Span<char> start = stackalloc char[4096];
        var length = text.ReadBlock(start);
        return ((ReadOnlySpan<char>)start[..length]).Contains("-----BEGIN", StringComparison.Ordinal);
    }
}
