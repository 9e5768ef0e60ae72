using System.Buffers.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>Builds the keys of the users table and performs its basic reads and writes. Thread-safe.</summary>
internal sealed class UserRows(DynamoDatabase database, LookupHasher hasher)
{
    internal const string FirstAdminMark = "setup#first-admin";

    private const string PasskeyPrefix = "passkey#";

    // Tries after a lost race for one user's row.
    private const int Tries = 6;

    internal string Table => database.TableName(IdentityTables.Users);

    internal async ValueTask<string> EmailKeyAsync(string normalizedEmail, CancellationToken ct) =>
        "email#" + await hasher.HashAsync(ct, "email", normalizedEmail);

    internal async ValueTask<string> LoginKeyAsync(string normalizedUserName, CancellationToken ct) =>
        "login#" + await hasher.HashAsync(ct, "login", normalizedUserName);

    internal async ValueTask<string> ExternalKeyAsync(string provider, string providerKey, CancellationToken ct) =>
        "external#" + await hasher.HashAsync(ct, "external", provider, providerKey);

    /// <summary>Returns the key of the row of a passkey.</summary>
    internal async ValueTask<string> PasskeyKeyAsync(byte[] credentialId, CancellationToken ct) =>
        PasskeyKeyOf(await hasher.HashAsync(ct, "passkey", Base64Url.EncodeToString(credentialId)));

    /// <summary>Returns the key of the row of a passkey by the id that addresses carry.</summary>
    internal static string PasskeyKeyOf(string id) => PasskeyPrefix + id;

    /// <summary>Returns the id that addresses carry.</summary>
    internal static string PasskeyIdOf(string rowId) => rowId[PasskeyPrefix.Length..];

    /// <summary>Returns the key of the row that counts attempts on an unknown address.</summary>
    internal static string PhantomKey(string uniquenessKey) => "phantom#" + uniquenessKey;

    internal static string MemberKind(string role) => "member#" + role;

    internal static string MemberKey(string role, string userId) => $"member#{role}#{userId}";

    internal static Dictionary<string, AttributeValue> Key(string rowId) => new(StringComparer.Ordinal) { ["user_id"] = Attr.S(rowId) };

    internal async Task<Dictionary<string, AttributeValue>?> GetAsync(string rowId, CancellationToken ct)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest { TableName = Table, Key = Key(rowId), ConsistentRead = true }, ct);
        return response.Item is { Count: > 0 } item ? item : null;
    }

    /// <summary>Returns the user id that a uniqueness row points to.</summary>
    internal async Task<string?> ResolveAsync(string rowId, CancellationToken ct) =>
        await GetAsync(rowId, ct) is { } item ? new ItemReader(item).StringOrNull("owner") : null;

    /// <summary>Writes a mark that expires. Of several at the same moment exactly one succeeds.</summary>
    internal async Task<bool> TryMarkAsync(string rowId, DateTimeOffset until, CancellationToken ct)
    {
        try
        {
            await database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = Table,
                    Item = new ItemWriter().Set("user_id", rowId).SetTtl("expires_at", until).ToItem(),
                    ConditionExpression = "attribute_not_exists(user_id)",
                },
                ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    internal TransactWriteItem PutUnique(string rowId, string userId) => new()
    {
        Put = new Put
        {
            TableName = Table,
            Item = new ItemWriter().Set("user_id", rowId).Set("owner", userId).ToItem(),
            ConditionExpression = "attribute_not_exists(user_id)",
        },
    };

    internal TransactWriteItem DeleteUnique(string rowId, string userId) => new()
    {
        Delete = new Delete
        {
            TableName = Table,
            Key = Key(rowId),
            ConditionExpression = "attribute_not_exists(user_id) OR #owner = :owner",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#owner"] = "owner" },
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":owner"] = Attr.S(userId) },
        },
    };

    internal TransactWriteItem PutMember(string role, string userId) => new()
    {
        Put = new Put
        {
            TableName = Table,
            Item = new ItemWriter().Set("user_id", MemberKey(role, userId)).Set("kind", MemberKind(role)).Set("owner", userId).ToItem(),
        },
    };

    internal TransactWriteItem DeleteMember(string role, string userId) => new()
    {
        Delete = new Delete { TableName = Table, Key = Key(MemberKey(role, userId)) },
    };

    /// <summary>Runs a transaction and retries on conflicts with other transactions.</summary>
    /// <returns>The positions of the items whose condition did not hold; empty on success.</returns>
    internal async Task<IReadOnlyList<int>> TransactAsync(List<TransactWriteItem> items, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await database.Client.TransactWriteItemsAsync(
                    new TransactWriteItemsRequest { TransactItems = items, ClientRequestToken = Guid.NewGuid().ToString() }, ct);
                return [];
            }
            catch (TransactionCanceledException canceled)
            {
                var reasons = canceled.CancellationReasons ?? [];
                int[] failed = [.. Enumerable.Range(0, reasons.Count)
                    .Where(i => string.Equals(reasons[i].Code, "ConditionalCheckFailed", StringComparison.Ordinal))];
                if (failed.Length > 0)
                {
                    return failed;
                }

                if (attempt == Tries
                    || !reasons.Exists(reason => string.Equals(reason.Code, "TransactionConflict", StringComparison.Ordinal)))
                {
                    throw;
                }
            }

            await Backoff.DelayAsync(attempt, ct);
        }
    }

    /// <summary>Runs a conditional update; returns <see langword="null"/> when the condition did not hold.</summary>
    internal async Task<Dictionary<string, AttributeValue>?> UpdateAsync(
        string rowId,
        string update,
        string condition,
        Dictionary<string, AttributeValue> values,
        CancellationToken ct,
        Dictionary<string, string>? names = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var response = await database.Client.UpdateItemAsync(
                    new UpdateItemRequest
                    {
                        TableName = Table,
                        Key = Key(rowId),
                        UpdateExpression = update,
                        ConditionExpression = condition,
                        ExpressionAttributeNames = names,
                        ExpressionAttributeValues = values,
                        ReturnValues = ReturnValue.UPDATED_NEW,
                    },
                    ct);
                return response.Attributes ?? [];
            }
            catch (ConditionalCheckFailedException)
            {
                return null;
            }
            catch (TransactionConflictException) when (attempt < Tries)
            {
                // Another transaction holds the row for a moment.
            }

            await Backoff.DelayAsync(attempt, ct);
        }
    }

    /// <summary>Reads the row ids of a kind, one page of the index at a time.</summary>
    internal async IAsyncEnumerable<string> ListAsync(
        string kind, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var request = new QueryRequest
        {
            TableName = Table,
            IndexName = IdentityTables.KindIndex,
            KeyConditionExpression = "kind = :kind",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":kind"] = Attr.S(kind) },
        };
        do
        {
            var page = await database.Client.QueryAsync(request, ct);
            foreach (var item in page.Items ?? [])
            {
                yield return new ItemReader(item).String("user_id");
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>Lists row ids of a kind, the last first, from the index. One round trip.</summary>
    internal async Task<IReadOnlyList<string>> ListPageAsync(string kind, string? after, int limit, CancellationToken ct)
    {
        var request = new QueryRequest
        {
            TableName = Table,
            IndexName = IdentityTables.KindIndex,
            KeyConditionExpression = "kind = :kind" + (after is null ? "" : " AND user_id < :after"),
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":kind"] = Attr.S(kind) },
            ScanIndexForward = false,
            Limit = limit,
        };
        if (after is not null)
        {
            request.ExpressionAttributeValues[":after"] = Attr.S(after);
        }

        var page = await database.Client.QueryAsync(request, ct);
        return [.. (page.Items ?? []).Select(item => new ItemReader(item).String("user_id"))];
    }

    /// <summary>Reads rows by id, consistently, a hundred per request. Missing rows are left out. A projection writes the roles as
    /// <c>#roles</c>, because the name is reserved.</summary>
    internal async Task<List<Dictionary<string, AttributeValue>>> GetManyAsync(
        IEnumerable<string> rowIds, string? projection, CancellationToken ct)
    {
        const int batchSize = 100;
        var found = new List<Dictionary<string, AttributeValue>>();
        foreach (var chunk in rowIds.Distinct(StringComparer.Ordinal).Chunk(batchSize))
        {
            var request = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal)
            {
                [Table] = new()
                {
                    Keys = [.. chunk.Select(Key)],
                    ConsistentRead = true,
                    ProjectionExpression = projection,
                    ExpressionAttributeNames = projection?.Contains("#roles", StringComparison.Ordinal) == true
                        ? new(StringComparer.Ordinal) { ["#roles"] = "roles" }
                        : null,
                },
            };
            found.AddRange((await Batch.GetAsync(database.Client, request, ct))[Table]);
        }

        return found;
    }
}
