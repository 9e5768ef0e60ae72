namespace BankPortal.Core.Audit.Chain;

/// <summary>
/// Signs anchors and exports with the key of this bank: ECDSA over the curve P-256 with SHA-256. The private key is kept encrypted by the
/// key ring. Implementations are thread-safe.
/// </summary>
public interface IAuditSigner
{
    /// <summary>The public key (SubjectPublicKeyInfo, Base64). Made on first use; it never changes.</summary>
    Task<string> PublicKeyAsync(CancellationToken ct);

    /// <summary>Signs bytes; Base64 of the signature as <c>r</c> and <c>s</c> (IEEE P1363).</summary>
    Task<string> SignAsync(byte[] data, CancellationToken ct);
}
