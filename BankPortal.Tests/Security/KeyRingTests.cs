using System.Security.Cryptography;
using System.Xml.Linq;
using Amazon.DynamoDBv2.Model;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
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

    private static ServiceProvider Node(DynamoDatabase database, IAmazonKeyManagementService? kms = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            kms is null ? [] : [KeyValuePair.Create<string, string?>("Security:KmsKeyId", "alias/bank")]).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(database);
        if (kms is not null)
        {
            services.AddSingleton(kms);
        }

        services.AddSecurity();
        return services.BuildServiceProvider();
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
}
