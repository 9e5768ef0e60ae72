using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Amazon.DynamoDBv2.Model;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using NSubstitute;

namespace BankPortal.Tests.Security;

/// <summary>The key ring in the database, wrapped or not, and what is encrypted under it.</summary>
[EngineTest]
public sealed class KeyRingTests
{
    [Theory, EveryEngine]
    public async Task Protect_OnOneNode_IsReadableOnTheNext(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, IdentityTables.All);
        string stored;
        await using (var first = Node(fixture.Database))
        {
            var fields = first.GetRequiredService<IFieldProtector>();
            stored = fields.Protect("test.field", "Grüße, 世界");
            Assert.NotEqual(stored, fields.Protect("test.field", "Grüße, 世界"));
            Assert.Equal("", fields.Unprotect("test.field", fields.Protect("test.field", "")));
        }

        await using var second = Node(fixture.Database);
        var other = second.GetRequiredService<IFieldProtector>();
        Assert.Equal("Grüße, 世界", other.Unprotect("test.field", stored));
        Assert.ThrowsAny<CryptographicException>(() => other.Unprotect("test.other", stored));
        Assert.ThrowsAny<CryptographicException>(() => other.Unprotect("test.field", stored[..^4] + "AAAA"));
        Assert.ThrowsAny<CryptographicException>(() => other.Unprotect("test.field", "plain text"));
    }

    [Fact]
    public async Task Protect_ShortText_StaysCompact()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, IdentityTables.All);
        await using var node = Node(fixture.Database);

        var stored = node.GetRequiredService<IFieldProtector>().Protect("test.field", "Rent November, flat 7");

        Assert.InRange(stored.Length, 21, 150);
        Assert.Matches("^[A-Za-z0-9_-]+$", stored);
    }

    [Theory, EveryEngine]
    public async Task LookupKey_NeededByManyNodesAtOnce_IsMadeOnceAndNeverStoredReadably(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, IdentityTables.All);
        var nodes = Enumerable.Range(0, 6).Select(_ => Node(fixture.Database)).ToList();
        try
        {
            var hashes = await Task.WhenAll(nodes.Select(node =>
                Task.Run(async () => await node.GetRequiredService<LookupHasher>().HashAsync(CancellationToken.None, "email", "A@B.C"))));

            Assert.Single(hashes.Distinct(StringComparer.Ordinal));
            Assert.Equal(43, hashes[0].Length);
            Assert.NotEqual(
                hashes[0],
                await nodes[0].GetRequiredService<LookupHasher>().HashAsync(CancellationToken.None, "login", "A@B.C")
            );
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }

        var rows = (await fixture.Database.Client.ScanAsync(
            new ScanRequest { TableName = fixture.Database.TableName(IdentityTables.Keys), ConsistentRead = true })).Items;
        var key = Assert.Single(rows, row => row["key_id"].S.StartsWith("lookup#", StringComparison.Ordinal));
        Assert.StartsWith("CfDJ8", key["value"].S, StringComparison.Ordinal);
    }

    [Theory, EveryEngine]
    public async Task KeyRing_WithAKmsKey_IsStoredWrappedAndOpenedOnTheNextNode(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, IdentityTables.All);
        var kms = FakeKms();
        string stored;
        await using (var first = Node(fixture.Database, kms))
        {
            stored = first.GetRequiredService<IFieldProtector>().Protect("test.field", "secret");
        }

        var rows = (await fixture.Database.Client.ScanAsync(
            new ScanRequest { TableName = fixture.Database.TableName(IdentityTables.Keys), ConsistentRead = true })).Items;
        var xml = Assert.Single(rows)["xml"].S;
        Assert.Contains("kmsEncryptedKey", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal);
        await kms.Received(1)
            .GenerateDataKeyAsync(
                Arg.Is<GenerateDataKeyRequest>(request =>
                    request.KeyId == "alias/bank" && request.EncryptionContext["application"] == "BankPortal"
                ),
                Arg.Any<CancellationToken>()
            );

        await using var second = Node(fixture.Database, kms);
        Assert.Equal("secret", second.GetRequiredService<IFieldProtector>().Unprotect("test.field", stored));
    }

    [Theory]
    [InlineData("Security:KeyRingPassphraseFile", "passphraseEncryptedKey")]
    [InlineData("Security:KeyRingCertificate", "certificateEncryptedKey")]
    public async Task KeyRing_WithASecretOutsideTheDatabase_IsStoredWrappedAndOpenedOnTheNextNode(string setting, string element)
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, IdentityTables.All);
        using var secrets = new SecretFiles();
        var configured = (setting, setting.EndsWith("File", StringComparison.Ordinal) ? secrets.Passphrase() : secrets.Certificate());
        string stored;
        await using (var first = Node(fixture.Database, configured))
        {
            await StartAsync(first);
            stored = first.GetRequiredService<IFieldProtector>().Protect("test.field", "secret");
        }

        var xml = Assert.Single(await KeysAsync(fixture));
        Assert.Contains(element, xml, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal);
        await using var second = Node(fixture.Database, configured);
        await StartAsync(second);
        Assert.Equal("secret", second.GetRequiredService<IFieldProtector>().Unprotect("test.field", stored));
        Assert.Equal(xml, Assert.Single(await KeysAsync(fixture)));
    }

    [Theory]
    [InlineData("Security:KeyRingPassphraseFile", "has another passphrase")]
    [InlineData("Security:KeyRingCertificate", "names another certificate")]
    public async Task EnsureReadable_WrongOrMissingSecret_RefusesToStartAndMakesNoOtherKey(string setting, string says)
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, IdentityTables.All);
        using var secrets = new SecretFiles();
        var isPassphrase = setting.EndsWith("File", StringComparison.Ordinal);
        await using (var first = Node(fixture.Database, (setting, isPassphrase ? secrets.Passphrase() : secrets.Certificate())))
        {
            first.GetRequiredService<IFieldProtector>().Protect("test.field", "secret");
        }

        await using var wrong = Node(fixture.Database, (setting, isPassphrase ? secrets.Passphrase() : secrets.Certificate()));
        await using var missing = Node(fixture.Database);

        var other = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync(wrong));
        var none = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync(missing));

        Assert.Contains($"{setting} {says}", other.Message, StringComparison.Ordinal);
        Assert.Contains($"Name its file in {setting}.", none.Message, StringComparison.Ordinal);
        Assert.Single(await KeysAsync(fixture));
    }

    [Fact]
    public async Task EnsureReadable_KeysOfAnEarlierVersion_AreEncryptedAndKeepWorking()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, IdentityTables.All);
        using var secrets = new SecretFiles();
        string stored, hash;
        await using (var earlier = Node(fixture.Database))
        {
            stored = earlier.GetRequiredService<IFieldProtector>().Protect("test.field", "Grüße");
            hash = await earlier.GetRequiredService<LookupHasher>().HashAsync(CancellationToken.None, "email", "A@B.C");
        }

        Assert.Contains("masterKey", Assert.Single(await KeysAsync(fixture)), StringComparison.Ordinal);
        await using (var upgraded = Embedded(fixture.Database, secrets.Folder))
        {
            await StartAsync(upgraded);
            Assert.Equal("Grüße", upgraded.GetRequiredService<IFieldProtector>().Unprotect("test.field", stored));
            Assert.Equal(hash, await upgraded.GetRequiredService<LookupHasher>().HashAsync(CancellationToken.None, "email", "A@B.C"));
        }

        var wrapped = Assert.Single(await KeysAsync(fixture));
        Assert.DoesNotContain("masterKey", wrapped, StringComparison.Ordinal);
        Assert.Contains("source=\"Local\"", wrapped, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(secrets.Folder, "bankportal.db.key")));

        // A passphrase that is configured later takes over.
        (string, string) passphrase = ("Security:KeyRingPassphraseFile", secrets.Passphrase());
        await using (var protectedNow = Embedded(fixture.Database, secrets.Folder, passphrase))
        {
            await StartAsync(protectedNow);
        }

        Assert.Contains("source=\"Configured\"", Assert.Single(await KeysAsync(fixture)), StringComparison.Ordinal);
        File.Delete(Path.Combine(secrets.Folder, "bankportal.db.key"));
        await using var last = Embedded(fixture.Database, secrets.Folder, passphrase);
        await StartAsync(last);
        Assert.Equal("Grüße", last.GetRequiredService<IFieldProtector>().Unprotect("test.field", stored));
    }

    [Fact]
    public async Task EnsureReadable_KeyFileIsGone_RefusesAndMakesNoOther()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, IdentityTables.All);
        using var secrets = new SecretFiles();
        await using (var first = Embedded(fixture.Database, secrets.Folder))
        {
            await StartAsync(first);
            first.GetRequiredService<IFieldProtector>().Protect("test.field", "secret");
        }

        var file = Path.Combine(secrets.Folder, "bankportal.db.key");
        File.Delete(file);
        await using var second = Embedded(fixture.Database, secrets.Folder);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync(second));

        Assert.StartsWith($"The key of the database, {file}, is missing. Restore it from a backup", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Theory, EveryEngine]
    public async Task Rotate_ToAnotherPassphraseAndThenACertificate_OpensWithTheNewSecretAlone(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, IdentityTables.All);
        using var secrets = new SecretFiles();
        var first = ("Security:KeyRingPassphraseFile", secrets.Passphrase());
        var second = ("Security:KeyRingPassphraseFile", secrets.Passphrase());
        var third = ("Security:KeyRingCertificate", secrets.Certificate());
        string stored, hash;
        await using (var node = Node(fixture.Database, first))
        {
            stored = node.GetRequiredService<IFieldProtector>().Protect("test.field", "secret");
            hash = await HashAsync(node);
            node.GetRequiredService<IKeyManager>().CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90));
        }

        var before = await KeysAsync(fixture);
        await using (var node = Node(fixture.Database, first))
        {
            var rotation = node.GetRequiredService<KeyRingRotation>();
            Assert.Equal((2, 2), await rotation.RotateAsync(null, null, second.Item2, dryRun: true));
            Assert.Equal(before.Order(), (await KeysAsync(fixture)).Order());
            Assert.Equal((2, 2), await rotation.RotateAsync(null, null, second.Item2, dryRun: false));

            // Once more, with the settings of before: nothing is left to do.
            Assert.Equal((2, 0), await rotation.RotateAsync(null, null, second.Item2, dryRun: false));
        }

        await using (var old = Node(fixture.Database, first))
        {
            await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync(old));
        }

        await using (var node = Node(fixture.Database, second))
        {
            await StartAsync(node);
            Assert.Equal("secret", node.GetRequiredService<IFieldProtector>().Unprotect("test.field", stored));
            Assert.Equal((2, 2), await node.GetRequiredService<KeyRingRotation>().RotateAsync(third.Item2, null, null, dryRun: false));
        }

        await using var last = Node(fixture.Database, third);
        await StartAsync(last);
        Assert.Equal("secret", last.GetRequiredService<IFieldProtector>().Unprotect("test.field", stored));
        Assert.Equal(hash, await HashAsync(last));
        Assert.All(await KeysAsync(fixture), key => Assert.DoesNotContain("masterKey", key, StringComparison.Ordinal));

        static async Task<string> HashAsync(IServiceProvider node) =>
            await node.GetRequiredService<LookupHasher>().HashAsync(CancellationToken.None, "email", "A@B.C");
    }

    [Fact]
    public async Task Rotate_OldSecretDoesNotOpenAKey_ChangesNothingAndSaysSo()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, IdentityTables.All);
        using var secrets = new SecretFiles();
        await using (var node = Node(fixture.Database, ("Security:KeyRingPassphraseFile", secrets.Passphrase())))
        {
            node.GetRequiredService<IFieldProtector>().Protect("test.field", "secret");
        }

        var before = await KeysAsync(fixture);
        await using var other = Node(fixture.Database, ("Security:KeyRingPassphraseFile", secrets.Passphrase()));
        var rotation = other.GetRequiredService<KeyRingRotation>();

        var refused = await Assert.ThrowsAsync<StartRefusedException>(
            () => rotation.RotateAsync(null, null, secrets.Passphrase(), dryRun: false));
        Assert.Contains("nothing was changed. Security:KeyRingPassphraseFile has another passphrase", refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<StartRefusedException>(
            () => rotation.RotateAsync(null, null, Path.Combine(secrets.Folder, "none"), dryRun: false));
        Assert.StartsWith("--to-passphrase-file names the file", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await KeysAsync(fixture));
    }

    [Fact]
    public async Task Rotate_KeyOfTheEmbeddedFileOrReadable_IsTakenAlong()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, IdentityTables.All);
        using var secrets = new SecretFiles();
        await using (var readable = Node(fixture.Database))
        {
            readable.GetRequiredService<IFieldProtector>().Protect("test.field", "secret");
        }

        await using (var embedded = Embedded(fixture.Database, secrets.Folder))
        {
            await StartAsync(embedded);
        }

        var passphrase = secrets.Passphrase();
        await using (var embedded = Embedded(fixture.Database, secrets.Folder))
        {
            Assert.Equal((1, 1), await embedded.GetRequiredService<KeyRingRotation>().RotateAsync(null, null, passphrase, dryRun: false));
        }

        File.Delete(Path.Combine(secrets.Folder, "bankportal.db.key"));
        await using var node = Embedded(fixture.Database, secrets.Folder, ("Security:KeyRingPassphraseFile", passphrase));
        await StartAsync(node);
        Assert.NotEmpty(node.GetRequiredService<IFieldProtector>().Protect("test.field", "more"));
    }

    [Theory]
    [InlineData("Production", "true", true)]
    [InlineData("Production", "false", false)]
    [InlineData("Development", "true", false)]
    public async Task EnsureReadable_UnprotectedOnPurpose_WarnsAtEachStart(string environment, string allowed, bool warns)
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, IdentityTables.All);
        var log = new ListLogger<KeyRingStartup>();
        for (var start = 1; start <= 2; start++)
        {
            await using var node = Node(
                fixture.Database,
                services => services.AddSingleton(At(environment)).AddSingleton<Microsoft.Extensions.Logging.ILogger<KeyRingStartup>>(log),
                ("Security:AllowUnprotectedKeyRing", allowed));
            await StartAsync(node);

            var warnings = log.Lines.Count(line => line.StartsWith("Warning: Security:AllowUnprotectedKeyRing", StringComparison.Ordinal));
            Assert.Equal(warns ? start : 0, warnings);
        }
    }

    [Theory]
    [InlineData("Production", "Embedded", false)]
    [InlineData("Production", "Endpoint", false)]
    [InlineData("Staging", "Endpoint", false)]
    [InlineData("Development", "Embedded", true)]
    [InlineData("Development", "Endpoint", true)]
    [InlineData("Production", "Embedded", true, "Dynamo:InMemory=true")]
    [InlineData("Production", "Endpoint", true, "Security:AllowUnprotectedKeyRing=true")]
    [InlineData("Production", "Endpoint", true, "Security:KmsKeyId=alias/bank")]
    [InlineData("Production", "Endpoint", true, "Security:KeyRingPassphraseFile=PASSPHRASE")]
    [InlineData("Production", "Embedded", true, "Security:KeyRingCertificate=CERTIFICATE")]
    public void Check_KeyRingWithoutProtection_IsRefusedOutsideDevelopment(
        string environment, string mode, bool isValid, params string[] settings)
    {
        using var secrets = new SecretFiles();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                KeyValuePair.Create("Dynamo:Mode", (string?)mode),
                .. settings.Select(setting => setting.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], (string?)parts[1])),
            ])
            .Build();
        var options = configuration.GetSection(SecurityOptions.Section).Get<SecurityOptions>() ?? new SecurityOptions();
        options.KeyRingPassphraseFile = options.KeyRingPassphraseFile is null ? null : secrets.Passphrase();
        options.KeyRingCertificate = options.KeyRingCertificate is null ? null : secrets.Certificate();
        var errors = new OptionsErrors(SecurityOptions.Section);

        new SecurityOptionsValidator(configuration, At(environment)).Check(options, errors);

        string[] expected = isValid ? [] : ["Security:KeyRingPassphraseFile"];
        Assert.Equal(expected, errors.All.Select(error => error.Split(' ')[0]));
    }

    [Fact]
    public void KmsDecrypt_AlteredOrDamagedKey_IsRefused()
    {
        var kms = FakeKms();
        using var services = new ServiceCollection().AddSingleton(kms).BuildServiceProvider();
        var wrapped = new KmsXmlEncryptor(kms, "alias/bank").Encrypt(new XElement("key", "material")).EncryptedElement;
        var decryptor = new KmsXmlDecryptor(services);
        Assert.Equal("material", decryptor.Decrypt(wrapped).Value);

        var altered = new XElement(wrapped);
        var bytes = Convert.FromBase64String(altered.Element("value")!.Value);
        bytes[^1] ^= 1;
        altered.Element("value")!.Value = Convert.ToBase64String(bytes);
        Assert.ThrowsAny<CryptographicException>(() => decryptor.Decrypt(altered));
        Assert.Throws<CryptographicException>(() => decryptor.Decrypt(new XElement("kmsEncryptedKey")));
        Assert.Throws<CryptographicException>(() => decryptor.Decrypt(new XElement(
            "kmsEncryptedKey", wrapped.Element("dataKey"), new XElement("value", Convert.ToBase64String([1, 2, 3])))));
    }

    [Fact]
    public async Task ResetToken_OfOneNode_WorksOnAnother()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var user = await bank.AddUserAsync();
        var token = await bank.Users().GeneratePasswordResetTokenAsync(await bank.ReloadAsync(user));

        await using var other = bank.AnotherNode();
        await using var scope = other.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>();
        var same = await users.FindByEmailAsync(user.Email!);

        Assert.Equal(user.Id, same?.Id);
        Assert.True((await users.ResetPasswordAsync(same!, token, "Another9horse-map")).Succeeded);
    }

    private static ServiceProvider Node(DynamoDatabase database, IAmazonKeyManagementService kms) =>
        Node(database, services => services.AddSingleton(kms), ("Security:KmsKeyId", "alias/bank"));

    private static ServiceProvider Node(DynamoDatabase database, params (string Key, string Value)[] settings) =>
        Node(database, _ => { }, settings);

    // The rows are in the engine of the tests; the file of the key is where that of an embedded engine would be.
    private static ServiceProvider Embedded(DynamoDatabase database, string folder, params (string Key, string Value)[] settings) =>
        Node(
            database,
            services => services.Configure<DynamoOptions>(options => (options.Mode, options.DataFolder) = (DynamoMode.Embedded, folder)),
            settings);

    private static ServiceProvider Node(
        DynamoDatabase database, Action<IServiceCollection> more, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(database);
        more(services);
        services.AddSecurity();
        return services.BuildServiceProvider();
    }

    private static Task StartAsync(ServiceProvider node) => node.GetRequiredService<KeyRingStartup>().EnsureReadableAsync();

    private static IHostEnvironment At(string environment)
    {
        var host = Substitute.For<IHostEnvironment>();
        host.EnvironmentName.Returns(environment);
        return host;
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(DynamoFixture fixture)
    {
        var rows = await fixture.Database.Client.ScanAsync(
            new ScanRequest { TableName = fixture.Database.TableName(IdentityTables.Keys), ConsistentRead = true });
        return [.. rows.Items.Where(row => row["key_id"].S.StartsWith("key#", StringComparison.Ordinal)).Select(row => row["xml"].S)];
    }

    // A key service that keeps its promise: it returns a data key only to whoever names the same context.
    private static IAmazonKeyManagementService FakeKms()
    {
        var issued = new Dictionary<string, (byte[] Key, string Context)>(StringComparer.Ordinal);
        var kms = Substitute.For<IAmazonKeyManagementService>();
        kms.GenerateDataKeyAsync(Arg.Any<GenerateDataKeyRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            var key = RandomNumberGenerator.GetBytes(32);
            var blob = RandomNumberGenerator.GetBytes(48);
            issued[Convert.ToBase64String(blob)] = (key, Describe(call.Arg<GenerateDataKeyRequest>().EncryptionContext));
            return new GenerateDataKeyResponse { Plaintext = new MemoryStream([.. key]), CiphertextBlob = new MemoryStream(blob) };
        });
        kms.DecryptAsync(Arg.Any<DecryptRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            var request = call.Arg<DecryptRequest>();
            return issued.TryGetValue(Convert.ToBase64String(request.CiphertextBlob.ToArray()), out var entry)
                && entry.Context == Describe(request.EncryptionContext)
                ? new DecryptResponse { Plaintext = new MemoryStream([.. entry.Key]) }
                : throw new InvalidCiphertextException("No such data key.");
        });
        return kms;

        static string Describe(Dictionary<string, string> context) =>
            string.Join(';', context.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
    }

    /// <summary>Files with secrets, each other than the one before; deleted at the end.</summary>
    private sealed class SecretFiles : IDisposable
    {
        public string Folder { get; } = Directory.CreateTempSubdirectory("bankportal-keys-").FullName;

        public string Passphrase()
        {
            var file = Path.Combine(Folder, Guid.NewGuid().ToString("N"));
            File.WriteAllText(file, $"correct horse battery staple {Guid.NewGuid()}\n");
            return file;
        }

        public string Certificate()
        {
            using var rsa = RSA.Create(2048);
            using var certificate = new CertificateRequest("CN=keys", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            var file = Path.Combine(Folder, Guid.NewGuid().ToString("N"));
            File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + rsa.ExportPkcs8PrivateKeyPem());
            return file;
        }

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
