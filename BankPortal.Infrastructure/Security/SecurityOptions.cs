namespace BankPortal.Infrastructure.Security;

/// <summary>How the bank's key ring is kept, section <c>Security</c> of the configuration.</summary>
public sealed class SecurityOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Security";

    /// <summary>
    /// The id, ARN or alias of the KMS key that wraps the key ring. Without it the ring is stored readable, next to what it
    /// protects: good enough for development only, and refused where the database is in AWS.
    /// </summary>
    public string? KmsKeyId { get; set; }

    /// <summary>The AWS region of the KMS key; where absent, the region the AWS SDK finds by itself.</summary>
    public string? KmsRegion { get; set; }
}
