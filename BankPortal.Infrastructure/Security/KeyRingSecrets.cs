using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using BankPortal.Infrastructure.Dynamo;

namespace BankPortal.Infrastructure.Security;

/// <summary>
/// The secrets outside the database that the key ring is encrypted with where there is no KMS: a certificate, a passphrase, or the
/// key file that lies beside the file of the embedded engine when neither is configured. Thread-safe.
/// </summary>
internal sealed class KeyRingSecrets(SecurityOptions security, DynamoOptions database) : IDisposable
{
    private const int ShortestPassphrase = 16;
    private const int LocalKeyBytes = 32;
    private const long LongestPassphraseFile = 64 * 1024;

    // Beside bankportal.db and with its name in front, so that whoever copies the files of the database copies it too.
    private const string LocalKeyName = "bankportal.db.key";

    private readonly Lazy<X509Certificate2?> _certificate = new(() => LoadCertificate(security));
    private readonly Lazy<string?> _passphrase = new(() => LoadPassphrase(security));

    /// <summary>The configured certificate, or <see langword="null"/>.</summary>
    public X509Certificate2? Certificate => _certificate.Value;

    /// <summary>The configured passphrase, or <see langword="null"/>.</summary>
    public string? Passphrase => _passphrase.Value;

    /// <summary>The file with the key of the embedded engine's key ring; <see langword="null"/> where there is no such engine.</summary>
    public string? LocalKeyFile =>
        database is { Mode: DynamoMode.Embedded, InMemory: false, EffectiveDataFolder: { } folder }
            ? Path.Combine(folder, LocalKeyName)
            : null;

    /// <summary>The key in <see cref="LocalKeyFile"/>; <see langword="null"/> when there is no such file.</summary>
    /// <exception cref="StartRefusedException">The file cannot be read.</exception>
    public string? LocalKey => LocalKeyFile is { } file && File.Exists(file) ? ReadText(file, "The key file") : null;

    /// <summary>The configured certificate, or <see langword="null"/> when none is.</summary>
    /// <exception cref="StartRefusedException">It cannot be used; the message is the end of a sentence about the setting.</exception>
    public static X509Certificate2? LoadCertificate(SecurityOptions security)
    {
        if (string.IsNullOrWhiteSpace(security.KeyRingCertificate))
        {
            return null;
        }

        var certificate = CertificateFile.Load(security.KeyRingCertificate, security.KeyRingCertificatePassword);
        using var key = certificate.GetRSAPrivateKey();
        if (key is null)
        {
            certificate.Dispose();
            throw new StartRefusedException("must be a certificate with an RSA key.");
        }

        return certificate;
    }

    /// <summary>The configured passphrase, or <see langword="null"/> when none is.</summary>
    /// <exception cref="StartRefusedException">It cannot be used; the message is the end of a sentence about the setting.</exception>
    public static string? LoadPassphrase(SecurityOptions security)
    {
        if (string.IsNullOrWhiteSpace(security.KeyRingPassphraseFile))
        {
            return null;
        }

        var file = security.KeyRingPassphraseFile;
        if (!File.Exists(file))
        {
            throw new StartRefusedException($"names the file {file}, which does not exist.");
        }

        var passphrase = ReadText(file, "names a file that");
        return passphrase.Length >= ShortestPassphrase
            ? passphrase
            : throw new StartRefusedException($"names the file {file}, whose passphrase has fewer than {ShortestPassphrase} characters.");
    }

    /// <summary>Makes <see cref="LocalKeyFile"/> with a random key.</summary>
    /// <exception cref="StartRefusedException">The file cannot be written.</exception>
    public void MakeLocalKey()
    {
        try
        {
            OwnFile.Write(LocalKeyFile!, Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(LocalKeyBytes))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The key of the database cannot be kept in {LocalKeyFile}: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        if (_certificate is { IsValueCreated: true, Value: { } certificate })
        {
            certificate.Dispose();
        }
    }

    private static string ReadText(string file, string subject)
    {
        try
        {
            return new FileInfo(file).Length <= LongestPassphraseFile
                ? File.ReadAllText(file).Trim()
                : throw new StartRefusedException($"{subject} is too large: {file}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{subject} cannot be read: {e.Message}", e);
        }
    }
}
