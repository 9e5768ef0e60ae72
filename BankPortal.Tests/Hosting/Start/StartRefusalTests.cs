using System.Net.Sockets;

namespace BankPortal.Tests.Hosting.Start;

/// <summary>
/// Every wrong configuration ends with one clear message and exit code 2 (called in a wrong way) or 3 (cannot start), before anything
/// is stored. The portal's entry point runs here in the test's process; a few are repeated in a process of their own.
/// </summary>
[EngineTest]
public sealed class StartRefusalTests : IDisposable
{
    // A complete configuration outside Development.
    private static readonly string[] Production =
    [
        "--environment=Production", "--Dynamo:Mode=Embedded", "--SignIn:PublicUrl=https://bank.example", "--Notifications:Sender=None",
        "--Security:AllowUnprotectedKeyRing=true",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("bankportal-start-").FullName;

    /// <summary>Name, exit code, what the message says, and what is wrong. FOLDER stands for the folder of the test.</summary>
    public static TheoryData<string, int, string, string[]> WrongConfigurations => new()
    {
        // The command line.
        { "misspelt command", 2, "Unrecognized command or argument 'verify-leger'.", ["verify-leger"] },
        { "misspelt command behind settings", 2, "Unrecognized command or argument 'verify-leger'.", ["--http_ports", "8080", "verify-leger"] },
        { "two commands", 2, "Unrecognized command or argument 'rebuild-days'.", ["verify-ledger", "rebuild-days"] },
        { "unknown option", 2, "Unrecognized command or argument '--colour'.", ["--colour", "mauve"] },
        { "unknown option of a command", 2, "Unrecognized command or argument '--fast'.", ["verify-ledger", "--fast"] },
        { "misspelt setting", 2, "--url is not a setting. Did you mean --urls?", ["--url=http://localhost:5080"] },
        { "setting without a value", 2, "The setting --Dynamo:Mode has no value", ["--Dynamo:Mode"] },
        { "setting followed by another", 2, "The setting --urls has no value", ["--urls", "--Dynamo:Mode=Aws"] },
        { "rotation to no secret", 2, "Give either --to-certificate or --to-passphrase-file.", ["rotate-keys"] },
        { "import without a file", 2, "Required argument 'file' missing", ["import"] },

        // Addresses.
        { "address without a scheme", 3, "--urls has 'localhost:5080', which is not an address such as http://", ["--urls=localhost:5080"] },
        { "port that is no number", 3, "--urls has 'http://localhost:abc', which must have a host and a port", ["--urls=http://localhost:abc"] },
        { "port too large", 3, "--urls has 'http://localhost:99999', which must have a host and a port", ["--urls=http://localhost:99999"] },
        { "other scheme", 3, "--urls has 'ftp://localhost:2121', which must begin with http:// or https://", ["--urls=ftp://localhost:2121"] },
        { "path in an address", 3, "--urls has 'http://localhost:5081/bank', which must not have a path", ["--urls=http://localhost:5081/bank"] },
        { "any port of localhost", 3, "--urls has 'http://localhost:0', which must have a port", ["--urls=http://localhost:0"] },
        { "network address of another machine", 3, "this machine does not have that network address", ["--urls=http://192.0.2.1:5080"] },
        { "endpoint without an address", 3, "Kestrel:Endpoints:Web:Url must be given", ["--Kestrel:Endpoints:Web:Protocols=Http1"] },

        // Certificates.
        { "certificate that is missing", 3, "Kestrel:Certificates:Default:Path names the file FOLDER/none.pfx, which does not exist",
            ["--urls=https://127.0.0.1:0", "--Kestrel:Certificates:Default:Path=FOLDER/none.pfx"] },
        { "certificate that is none", 3, "Kestrel:Endpoints:Web:Certificate:Path names the file FOLDER/text.txt, which cannot be read as",
            ["--Kestrel:Endpoints:Web:Url=https://127.0.0.1:0", "--Kestrel:Endpoints:Web:Certificate:Path=FOLDER/text.txt"] },
        { "https for others without a certificate", 3, "An https address needs a certificate", [.. Production, "--urls=https://*:0"] },
        { "own certificate that is damaged", 3, "The portal's own certificate for https cannot be used. Delete the file",
            ["--urls=https://127.0.0.1:0", "--Dynamo:DataFolder=FOLDER/damaged"] },

        // Names and values.
        { "value of a list of values", 3, "Dynamo:Mode must be one of Embedded, Endpoint, Aws", ["--Dynamo:Mode=Cloud"] },
        { "value that is no number", 3, "Dynamo:MaxRetries cannot be read as a whole number", ["--Dynamo:MaxRetries=many"] },
        { "misspelt key", 3, "Dynamo:Mod is not a setting (did you mean Mode?)", ["--Dynamo:Mod=Aws"] },
        { "misspelt section", 3, "Dynmo is not a section of the configuration (did you mean Dynamo?)", ["--Dynmo:Mode=Aws"] },
        { "unknown section", 3, "Wallet is not a section of the configuration; there are Accounts,", ["--Wallet:Colour=mauve"] },
        { "unknown time zone", 3, "Ledger:TimeZone must be the name of a time zone", ["--Ledger:TimeZone=Mars/Olympus"] },
        { "log level", 3, "Logging:LogLevel:Default must be one of Trace,", ["--Logging:LogLevel:Default=Loud"] },
        { "log level of a provider", 3, "Logging:Console:LogLevel:BankPortal must be one of Trace,",
            ["--Logging:Console:LogLevel:BankPortal=Loud"] },

        // Files and folders.
        { "folder of the program that is missing", 3, "The folder that --contentRoot names does not exist", ["--contentRoot=FOLDER/none"] },
        { "settings file that is damaged", 3, "appsettings.json", ["--contentRoot=FOLDER/damaged"] },
        { "data folder that is a file", 3, "The database's folder FOLDER/text.txt/data cannot be created",
            ["--Dynamo:DataFolder=FOLDER/text.txt/data"] },
        { "engine that is missing", 3, "Dynamo:EnginePath names a file that does not exist", ["--Dynamo:EnginePath=FOLDER/none"] },
        { "engine that is none", 3, "The embedded database engine FOLDER/text.txt ended with code", ["--Dynamo:EnginePath=FOLDER/text.txt"] },
        { "database that does not answer", 3, "The database at http://127.0.0.1:1/ cannot be used",
            ["--Dynamo:Mode=Endpoint", "--Dynamo:Endpoint=http://127.0.0.1:1", "--Dynamo:MaxRetries=0"] },

        // Keys.
        { "passphrase file that is missing", 3, "Security:KeyRingPassphraseFile names the file FOLDER/none, which does not exist",
            ["--Security:KeyRingPassphraseFile=FOLDER/none"] },
        { "passphrase that is short", 3, "Security:KeyRingPassphraseFile names the file FOLDER/text.txt, whose passphrase has fewer than 16",
            ["--Security:KeyRingPassphraseFile=FOLDER/text.txt"] },
        { "key ring certificate that is none", 3, "Security:KeyRingCertificate names the file FOLDER/text.txt, which cannot be read as",
            ["--Security:KeyRingCertificate=FOLDER/text.txt"] },
        { "two protections of the key ring", 3, "Security:KeyRingPassphraseFile must not be set beside KmsKeyId",
            ["--Security:KmsKeyId=alias/bank", "--Security:KeyRingPassphraseFile=FOLDER/long.txt"] },

        // Outside Development.
        { "no database", 3, "Dynamo:Mode must be one of Embedded, Endpoint, Aws (outside Development", [.. Production, "--Dynamo:Mode="] },
        { "no protection of the key ring", 3, "Security:KeyRingPassphraseFile must name a file with a passphrase",
            [.. Production, "--Security:AllowUnprotectedKeyRing=false"] },
        { "no public address", 3, "SignIn:PublicUrl must be given outside Development", [.. Production, "--SignIn:PublicUrl="] },
        { "public address without encryption", 3, "SignIn:PublicUrl must start with https://",
            [.. Production, "--SignIn:PublicUrl=http://bank.example"] },
        { "no sender of messages", 3, "Notifications:Sender must be chosen", [.. Production, "--Notifications:Sender=Unset"] },
        { "mailbox for everybody", 3, "Notifications:Sender cannot be Mailbox", [.. Production, "--Notifications:Sender=Mailbox"] },
        { "AWS without a region", 3, "Dynamo:Region must name an AWS region",
            [.. Production, "--Dynamo:Mode=Aws", "--Security:KmsKeyId=alias/bank"] },
        { "AWS without a key", 3, "Security:KmsKeyId must name a KMS key",
            [.. Production, "--Dynamo:Mode=Aws", "--Dynamo:Region=eu-central-1"] },
    };

    [Theory, MemberData(nameof(WrongConfigurations))]
    public async Task Start_WrongConfiguration_SaysOneThingAndStoresNothing(string name, int code, string says, string[] arguments)
    {
        var (exit, message) = await StartAsync([.. arguments.Select(argument => argument.Replace("FOLDER", _folder, StringComparison.Ordinal))]);

        Assert.True(exit == code, $"{name}: exit code {exit}, {message}");
        Assert.Contains(says.Replace("FOLDER", _folder, StringComparison.Ordinal), message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", message, StringComparison.Ordinal);
        if (exit == 3)
        {
            // A heading and one error, or one sentence; and a key is named once.
            var lines = message.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
            Assert.True(lines.Length == (lines[0] == "The portal's configuration has errors:" ? 2 : 1), message);
            var key = says.Split(' ')[0];
            Assert.True(!key.Contains(':', StringComparison.Ordinal) || message.Split(key + " ").Length == 2, message);
        }

        Assert.False(File.Exists(Path.Combine(_folder, "data", "bankportal.db")));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("*")]
    public async Task Start_PortInUse_SaysSoBeforeAnythingIsStored(string host)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://{host}:{((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}";

        var (exit, message) = await StartAsync($"--urls={address}");

        Assert.Equal(3, exit);
        Assert.StartsWith(
            $"The portal cannot listen at {address}: another program, perhaps another portal, uses port ", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "data")));
    }

    [Fact]
    public async Task Start_DataFolderThatCannotBeWritten_IsNotTakenForAnotherPortal()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A device that is always full is a thing of Linux.");
        var data = Path.Combine(_folder, "data");
        Directory.CreateDirectory(data);
        File.CreateSymbolicLink(Path.Combine(data, "bankportal.db.owner"), "/dev/full");

        var (exit, message) = await StartAsync();

        Assert.Equal(3, exit);
        Assert.StartsWith($"The database's folder {data} cannot be written: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Another portal", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ErrorsOfSeveralKinds_AreReportedTogether()
    {
        var (exit, message) = await StartAsync("--Dynamo:MaxRetries=many", "--Shel:TimeZone=UTC", "--Security:KeyRingCertificate=/none");

        Assert.Equal(3, exit);
        Assert.Contains("  - Dynamo:MaxRetries ", message, StringComparison.Ordinal);
        Assert.Contains("  - Shel is not a section of the configuration (did you mean Shell?).", message, StringComparison.Ordinal);
        Assert.Contains("  - Security:KeyRingCertificate ", message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(int Code, string Message)> StartAsync(params string[] arguments)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "damaged"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "damaged", "appsettings.json"), "{ \"Dynamo\": ");
        await File.WriteAllTextAsync(Path.Combine(_folder, "damaged", "https.pfx"), "no certificate");
        await File.WriteAllTextAsync(Path.Combine(_folder, "text.txt"), "short");
        await File.WriteAllTextAsync(Path.Combine(_folder, "long.txt"), "a passphrase that is long");
        using var errors = new StringWriter();

        // Later settings go before earlier ones.
        var code = await Program.RunAsync(
            [
                "--environment=Development",
                "--applicationName=BankPortal.Web",
                $"--contentRoot={AppContext.BaseDirectory}",
                "--urls=http://127.0.0.1:0",
                $"--Dynamo:DataFolder={Path.Combine(_folder, "data")}",
                .. arguments,
            ],
            errors);
        return (code, errors.ToString().TrimEnd());
    }
}
