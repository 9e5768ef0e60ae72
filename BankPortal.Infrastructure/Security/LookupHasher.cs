using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2.Model;
using BankPortal.Infrastructure.Identity;

namespace BankPortal.Infrastructure.Security;

/// <summary>
/// Hashes a personal value into a look-up key that does not reveal it: HMAC-SHA256 with a random key. The first node that needs the key
/// creates it and stores it encrypted by the key ring. It never changes, because the stored look-up keys depend on it. Thread-safe.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="protector">Encrypts the stored key.</param>
public sealed class LookupHasher(DynamoDatabase database, IFieldProtector protector) : IDisposable
{
    private const int KeyBytes = 32;
    private const string KeyId = "lookup#1";
    private const string Purpose = "security.lookup-key";
    private readonly SemaphoreSlim _gate = new(1, 1);
    private byte[]? _key;

    /// <summary>Returns the keyed hash of the parts in 43 URL-safe characters. Parts must not contain the NUL character.</summary>
    public async ValueTask<string> HashAsync(CancellationToken ct, params string[] parts)
    {
        var key = _key ?? await LoadAsync(ct);
        return Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Join('\0', parts))));
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<byte[]> LoadAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            return _key ??= await ReadAsync(ct) ?? await CreateAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<byte[]?> ReadAsync(CancellationToken ct)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest
            {
                TableName = database.TableName(IdentityTables.Keys),
                Key = new(StringComparer.Ordinal) { ["key_id"] = Attr.S(KeyId) },
                ConsistentRead = true,
            },
            ct);
        return response.Item is { Count: > 0 } item
            ? Convert.FromBase64String(protector.Unprotect(Purpose, new ItemReader(item).String("value")))
            : null;
    }

    private async Task<byte[]> CreateAsync(CancellationToken ct)
    {
        try
        {
            await database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = database.TableName(IdentityTables.Keys),
                    Item = new ItemWriter()
                        .Set("key_id", KeyId)
                        .Set("value", protector.Protect(Purpose, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))))
                        .ToItem(),
                    ConditionExpression = "attribute_not_exists(key_id)",
                },
                ct);
        }
        catch (ConditionalCheckFailedException)
        {
            // Another node was faster; use its key.
        }

        return await ReadAsync(ct) ?? throw new InvalidOperationException("The look-up key was stored but cannot be read.");
    }
}
