using System.Security.Cryptography;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Audit.Chain;

namespace BankPortal.Infrastructure.Audit.Chain;

/// <summary>
/// Signs with a key in the audit table: the public half in clear, the private half encrypted by the key ring. Made on first use by
/// whichever process comes first. Thread-safe.
/// </summary>
public sealed class AuditSigner(DynamoDatabase database, IFieldProtector protector) : IAuditSigner
{
    private const string Purpose = "audit.signing-key";
    private const string First = "1";

    private readonly string _table = database.TableName(AuditTables.Records);
    private (string Public, string Private)? _key;

    /// <inheritdoc/>
    public async Task<string> PublicKeyAsync(CancellationToken ct) => (await KeyAsync(ct)).Public;

    /// <inheritdoc/>
    public async Task<string> SignAsync(byte[] data, CancellationToken ct)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String((await KeyAsync(ct)).Private), out _);
        return Convert.ToBase64String(key.SignData(data, HashAlgorithmName.SHA256));
    }

    private async Task<(string Public, string Private)> KeyAsync(CancellationToken ct)
    {
        if (_key is { } known)
        {
            return known;
        }

        if (await FindAsync(ct) is { } stored)
        {
            _key = stored;
            return stored;
        }

        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = (Convert.ToBase64String(made.ExportSubjectPublicKeyInfo()), Convert.ToBase64String(made.ExportPkcs8PrivateKey()));
        try
        {
            await database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = _table,
                    Item = new ItemWriter()
                        .Set(AuditItems.Subject, AuditChainItems.Key)
                        .Set(AuditItems.RecordKey, First)
                        .Set("public_key", key.Item1)
                        .Set("private_key", protector.Protect(Purpose, key.Item2))
                        .ToItem(),
                    ConditionExpression = "attribute_not_exists(record_key)",
                },
                ct);
        }
        catch (ConditionalCheckFailedException exception)
        {
            // Another process was first, or this one before its answer was lost.
            key = await FindAsync(ct) ?? throw new InvalidOperationException("The signing key was there and is gone.", exception);
        }

        _key = key;
        return key;
    }

    private async Task<(string Public, string Private)?> FindAsync(CancellationToken ct)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest
            {
                TableName = _table,
                Key = new(StringComparer.Ordinal)
                {
                    [AuditItems.Subject] = Attr.S(AuditChainItems.Key),
                    [AuditItems.RecordKey] = Attr.S(First),
                },
                ConsistentRead = true,
            },
            ct);
        if (response.Item is not { Count: > 0 } item)
        {
            return null;
        }

        var row = new ItemReader(item);
        return (row.String("public_key"), protector.Unprotect(Purpose, row.String("private_key")));
    }
}
