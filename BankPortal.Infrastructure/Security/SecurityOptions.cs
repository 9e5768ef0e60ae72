namespace BankPortal.Infrastructure.Security;

/// <summary>
/// How the bank's key ring is kept, section <c>Security</c> of the configuration. In the database each key is encrypted by KMS, by a
/// certificate or by a passphrase; at most one of them is chosen.
/// </summary>
public sealed class SecurityOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Security";

    /// <summary>The id, ARN or alias of the KMS key that wraps the key ring. Required where the database is in AWS.</summary>
    public string? KmsKeyId { get; set; }

    /// <summary>The AWS region of the KMS key; where absent, the region the AWS SDK finds by itself.</summary>
    public string? KmsRegion { get; set; }

    /// <summary>
    /// The file of a certificate with its RSA private key (PKCS #12, or PEM with both) that the key ring is encrypted with.
    /// </summary>
    public string? KeyRingCertificate { get; set; }

    /// <summary>The password of <see cref="KeyRingCertificate"/>.</summary>
    public string? KeyRingCertificatePassword { get; set; }

    /// <summary>
    /// A text file with the passphrase that the key ring is encrypted with, at least 16 characters. Blanks and line breaks at its
    /// ends do not count.
    /// </summary>
    public string? KeyRingPassphraseFile { get; set; }

    /// <summary>
    /// Lets the portal start outside Development although nothing above protects the key ring: whoever reads the database, or the
    /// data folder of the embedded engine, can then read all personal data. Logged as a warning at each start.
    /// </summary>
    public bool AllowUnprotectedKeyRing { get; set; }
}
