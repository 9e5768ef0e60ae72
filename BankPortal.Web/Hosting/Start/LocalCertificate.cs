using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BankPortal.Infrastructure.Common;
using BankPortal.Infrastructure.Dynamo;
using BankPortal.Infrastructure.Security;

namespace BankPortal.Web.Hosting.Start;

/// <summary>
/// The certificate of https addresses for which none is configured: the developer certificate of this machine, or else one that the
/// portal makes, signs itself and keeps in the data folder. Browsers warn about the latter, so its fingerprint is printed.
/// Outside Development only addresses of this machine get one.
/// </summary>
internal sealed class LocalCertificate(
    IOptions<DynamoOptions> database, IHostEnvironment environment, TimeProvider time, Func<X509Certificate2?> findDeveloperCertificate)
    : IStartupNote, IDisposable
{
    private const string FileName = "https.pfx";

    // A certificate of a server (id-kp-serverAuth).
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";

    // Marks the certificates that `dotnet dev-certs https` makes.
    private const string DeveloperMark = "1.3.6.1.4.1.311.84.1.1";

    // Long enough to be trusted once a year; Apple's systems refuse more than 398 days.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(397);

    // Made anew before it ends, so that a portal that runs for a while does not outlive it.
    private static readonly TimeSpan LeastLeft = TimeSpan.FromDays(14);

    private string? _fingerprint;

    /// <summary>The certificate, once https needed it.</summary>
    public X509Certificate2? Current { get; private set; }

    /// <summary>Finds or makes the certificate.</summary>
    /// <param name="isForThisMachine">Whether all addresses that need it are loopback addresses.</param>
    /// <exception cref="StartRefusedException">There is none, or its file cannot be used.</exception>
    public void Require(bool isForThisMachine)
    {
        if (Current is not null)
        {
            return;
        }

        Current = findDeveloperCertificate();
        if (Current is not null)
        {
            return;
        }

        if (!environment.IsDevelopment() && !isForThisMachine)
        {
            throw new StartRefusedException(
                "An https address needs a certificate: name its file in Kestrel:Certificates:Default:Path (and Password), "
                + "or let a proxy in front of the portal end TLS and listen with http.");
        }

        var folder = database.Value.EffectiveDataFolder
            ?? throw new StartRefusedException("An https address needs a folder for its certificate; set Dynamo:DataFolder.");
        var file = Path.Combine(folder, FileName);
        Current = Find(file) ?? Make(file);
        _fingerprint = string.Join(':', SHA256.HashData(Current.RawData).Select(part => part.ToString("X2", CultureInfo.InvariantCulture)));
    }

    public IEnumerable<string> Lines() =>
        _fingerprint is null
            ? []
            : ["https uses a certificate that this portal signed itself, so browsers warn once. Its SHA-256 fingerprint:", _fingerprint];

    public void Dispose() => Current?.Dispose();

    /// <summary>The valid developer certificate of this user, or <see langword="null"/>.</summary>
    public static X509Certificate2? FindDeveloperCertificate()
    {
        try
        {
            using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser, OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            var now = TimeProvider.System.GetLocalNow().DateTime;
            return store.Certificates
                .Where(one => one.HasPrivateKey && one.NotBefore <= now && now <= one.NotAfter)
                .Where(one => one.Extensions.Any(extension => extension.Oid?.Value == DeveloperMark))
                .MaxBy(one => one.NotAfter);
        }
        catch (CryptographicException)
        {
            // This user has no store.
            return null;
        }
    }

    private X509Certificate2? Find(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        X509Certificate2 kept;
        try
        {
            kept = CertificateFile.Load(file, password: null);
        }
        catch (StartRefusedException e)
        {
            throw new StartRefusedException(
                $"The portal's own certificate for https cannot be used. Delete the file, and the portal makes a new one. It {e.Message}", e);
        }

        if (kept.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime > LeastLeft)
        {
            return kept;
        }

        kept.Dispose();
        return null;
    }

    private X509Certificate2 Make(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost, O=BankPortal", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(new OidCollection { new Oid(ServerUse) }, critical: false));
        var now = time.GetUtcNow();
        using var made = request.CreateSelfSigned(now - TimeSpan.FromDays(1), now + Lifetime);
        try
        {
            OwnFile.Write(file, made.Export(X509ContentType.Pfx));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"The certificate for https cannot be kept in {Path.GetDirectoryName(file)}: {e.Message.TrimEnd('.')}. "
                + "Set Dynamo:DataFolder to a folder that can be written.",
                e);
        }

        // From the file, because not every system can serve with a key that is only in memory.
        return CertificateFile.Load(file, password: null);
    }
}
