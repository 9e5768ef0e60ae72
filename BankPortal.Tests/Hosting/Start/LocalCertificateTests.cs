using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BankPortal.Web.Hosting.Start;
using Microsoft.Extensions.Hosting;
using NSubstitute;

namespace BankPortal.Tests.Hosting.Start;

/// <summary>The certificate that the portal makes for https where there is none.</summary>
[UnitTest]
public sealed class LocalCertificateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bankportal-https-").FullName;
    private readonly ManualTime _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public void Require_NoCertificate_MakesOneForThisMachineAlone()
    {
        using var certificate = New();

        certificate.Require(isForThisMachine: true);

        var made = certificate.Current!;
        Assert.True(made.HasPrivateKey);
        Assert.True(made.MatchesHostname("localhost"));
        Assert.True(made.MatchesHostname("127.0.0.1"));
        Assert.False(made.MatchesHostname("bank.example"));
        Assert.InRange(made.NotAfter - made.NotBefore, TimeSpan.FromDays(365), TimeSpan.FromDays(398));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "https.pfx")));
        }

        var fingerprint = string.Join(':', made.GetCertHashString(HashAlgorithmName.SHA256).Chunk(2).Select(pair => new string(pair)));
        Assert.Equal(fingerprint, certificate.Lines().Last());
    }

    [Fact]
    public void Require_TheNextStart_KeepsItUntilShortlyBeforeItsEnd()
    {
        using var first = New();
        first.Require(isForThisMachine: true);
        _time.Advance(TimeSpan.FromDays(380));
        using var second = New();
        second.Require(isForThisMachine: true);
        _time.Advance(TimeSpan.FromDays(10));
        using var third = New();
        third.Require(isForThisMachine: true);

        Assert.Equal(first.Current!.Thumbprint, second.Current!.Thumbprint);
        Assert.NotEqual(first.Current.Thumbprint, third.Current!.Thumbprint);
        Assert.True(third.Current.NotAfter.ToUniversalTime() > _time.GetUtcNow().UtcDateTime.AddDays(390));
    }

    [Fact]
    public void Require_DeveloperCertificate_IsUsedWithoutAWord()
    {
        using var other = New();
        other.Require(isForThisMachine: true);
        using var certificate = New(developer: other.Current);

        certificate.Require(isForThisMachine: true);

        Assert.Same(other.Current, certificate.Current);
        Assert.Empty(certificate.Lines());
    }

    [Fact]
    public void Require_OutsideDevelopment_IsForThisMachineOnly()
    {
        using var certificate = New(Environments.Production);

        var refusal = Assert.Throws<StartRefusedException>(() => certificate.Require(isForThisMachine: false));

        Assert.StartsWith("An https address needs a certificate: name its file in Kestrel:Certificates:Default:Path", refusal.Message);
        certificate.Require(isForThisMachine: true);
        Assert.NotNull(certificate.Current);
    }

    [Fact]
    public void Require_DamagedFile_SaysWhatToDo()
    {
        var file = Path.Combine(_folder, "https.pfx");
        File.WriteAllText(file, "no certificate");
        using var certificate = New();

        var refusal = Assert.Throws<StartRefusedException>(() => certificate.Require(isForThisMachine: true));

        Assert.StartsWith("The portal's own certificate for https cannot be used. Delete the file", refusal.Message);
        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private LocalCertificate New(string? environment = null, X509Certificate2? developer = null)
    {
        var host = Substitute.For<IHostEnvironment>();
        host.EnvironmentName.Returns(environment ?? Environments.Development);
        return new LocalCertificate(Options.Create(new DynamoOptions { DataFolder = _folder }), host, _time, () => developer);
    }
}
