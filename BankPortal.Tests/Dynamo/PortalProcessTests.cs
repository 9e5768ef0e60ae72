using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BankPortal.Tests.Dynamo;

public sealed class PortalProcessTests : EmbeddedEngineTest
{
    [Fact]
    public async Task Portal_Killed_TakesTheEngineWithItAndFreesTheFile()
    {
        await using var first = await ServeAsync();
        var engine = first.EngineId!.Value;
        Assert.True(IsAlive(engine));

        first.Kill();

        await UntilAsync(() => !IsAlive(engine));
        await using var second = await ServeAsync();
        Assert.NotEqual(engine, second.EngineId);
    }

    [Fact]
    public async Task Portal_AskedToEnd_EndsTheEngineAndSaysAllIsWell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are a Unix matter.");
        await using var portal = await ServeAsync();
        var engine = portal.EngineId!.Value;

        using (var kill = Process.Start("kill", ["-TERM", portal.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        Assert.Equal(0, await portal.ExitAsync());
        Assert.False(IsAlive(engine));
    }

    [Fact]
    public async Task Portal_SecondOnTheSameFile_IsRefusedAndTheFirstGoesOn()
    {
        await using var first = await ServeAsync();

        await using var second = Start();

        Assert.Equal(3, await second.ExitAsync());
        Assert.Contains($"Another portal (process {first.Id}) is already using the database file", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        using var http = new HttpClient();
        Assert.Equal("""{"status":"ok"}""", await http.GetStringAsync(new Uri(first.Address!, "/health/ready")));
    }

    [Fact]
    public async Task Portal_ConfigurationWithErrors_ReportsThemAllWithoutStackTrace()
    {
        await using var portal = Start("--Dynamo:MaxRetries=99", "--Dynamo:Mod=Aws");

        Assert.Equal(3, await portal.ExitAsync());
        Assert.Contains("Dynamo:MaxRetries must be between 0 and 10, but is 99.", portal.Output, StringComparison.Ordinal);
        Assert.Contains("Dynamo:Mod is not a setting", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Portal_PortInUse_SaysSoBeforeItTouchesTheDatabase()
    {
        using var other = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}";

        await using var portal = Start($"--urls={address}");

        Assert.Equal(3, await portal.ExitAsync());
        Assert.StartsWith(
            $"The portal cannot listen at {address}: another program, perhaps another portal, uses port",
            portal.Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.NewLine, portal.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Folder));
    }

    [Fact]
    public async Task Portal_HttpsWithoutACertificate_MakesOneAndPrintsItsFingerprint()
    {
        await using var portal = await ServeAsync("--urls=https://127.0.0.1:0");
        var file = Path.Combine(Folder, "https.pfx");
        Assert.SkipUnless(File.Exists(file), "This user has a developer certificate, which the portal uses instead.");
        using var certificate = CertificateFile.Load(file, password: null);

        // Whoever trusts this certificate, and no other, can open the portal.
        using var http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions =
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { certificate },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        });
        Assert.Equal("""{"status":"ok"}""", await http.GetStringAsync(new Uri(portal.Address!, "/health/ready")));
        var fingerprint = certificate.GetCertHashString(HashAlgorithmName.SHA256).Chunk(2).Select(pair => new string(pair));
        Assert.Contains(string.Join(':', fingerprint), portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Portal_KeyRingOfTheEmbeddedEngine_IsNotInItsFile()
    {
        await using (var first = await ServeAsync())
        {
            Assert.True(File.Exists(Path.Combine(Folder, "bankportal.db.key")));
        }

        File.Move(Path.Combine(Folder, "bankportal.db.key"), Path.Combine(Folder, "elsewhere"));
        await using (var second = Start())
        {
            Assert.Equal(3, await second.ExitAsync());
            Assert.Contains("bankportal.db.key, is missing", second.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        }

        File.Move(Path.Combine(Folder, "elsewhere"), Path.Combine(Folder, "bankportal.db.key"));
        await using var third = await ServeAsync();
    }

    [Fact]
    public async Task Portal_DatabaseGoneForGood_EndsWithOneLine()
    {
        await using var portal = await PortalProcess.ServeAsync("--Dynamo:InMemory=true");

        using (var engine = Process.GetProcessById(portal.EngineId!.Value))
        {
            engine.Kill();
        }

        Assert.Equal(3, await portal.ExitAsync());
        Assert.Contains("ended, and with it all data: Dynamo:InMemory is on.", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyLedger_FileIsNoDatabase_SaysSoInOneLine()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "bankportal.db"), new string('x', 10_000));

        await using var portal = PortalProcess.Start("verify-ledger", $"--Dynamo:DataFolder={Folder}");

        Assert.Equal(3, await portal.ExitAsync());
        Assert.StartsWith($"The database file {Folder}", Assert.Single(portal.Output.Split('\n')), StringComparison.Ordinal);
        Assert.EndsWith("docs/backup.md.", portal.Output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateTables_Twice_SecondTimeChangesNothing()
    {
        await using var first = PortalProcess.Start("create-tables", $"--Dynamo:DataFolder={Folder}");
        Assert.Equal(0, await first.ExitAsync());

        await using var second = PortalProcess.Start("create-tables", $"--Dynamo:DataFolder={Folder}");
        Assert.Equal(0, await second.ExitAsync());

        Assert.Contains("tables were there already", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_Unknown_ListsTheKnownOnes()
    {
        await using var portal = PortalProcess.Start("make-money", "--Dynamo:InMemory=true");

        Assert.Equal(2, await portal.ExitAsync());
        Assert.Empty(portal.Results);
        Assert.Contains("Unrecognized command or argument 'make-money'.", portal.Output, StringComparison.Ordinal);
        Assert.Contains("create-tables", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_Misspelt_SuggestsTheRightOne()
    {
        await using var portal = PortalProcess.Start("verify-leger");

        Assert.Equal(2, await portal.ExitAsync());
        Assert.Matches(@"Did you mean[^\n]*\s+verify-ledger\s", portal.Output);
    }

    [Theory]
    [InlineData("--http_ports=0", "verify-leger")]
    [InlineData("--urls", "http://127.0.0.1:0", "verify-leger")]
    public async Task Command_MisspeltBehindSettings_IsRefused(params string[] arguments)
    {
        await using var portal = PortalProcess.Start(arguments);

        Assert.Equal(2, await portal.ExitAsync());
        Assert.Contains("Unrecognized command or argument 'verify-leger'.", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_WhateverTheConfiguration_ListsTheCommands()
    {
        await using var portal = PortalProcess.Start("--http_ports", "8080", "--help", "--Dynamo:Mode=None");

        Assert.Equal(0, await portal.ExitAsync());
        Assert.All(
            ["create-tables", "import <file>", "rebuild-days", "rotate-keys", "verify-audit", "verify-days", "verify-ledger"],
            command => Assert.Contains(portal.Results, line => line.StartsWith($"  {command} ", StringComparison.Ordinal)));
    }

    private PortalProcess Start(params string[] settings) => PortalProcess.Start([$"--Dynamo:DataFolder={Folder}", .. settings]);

    private Task<PortalProcess> ServeAsync(params string[] settings) =>
        PortalProcess.ServeAsync([$"--Dynamo:DataFolder={Folder}", .. settings]);
}
