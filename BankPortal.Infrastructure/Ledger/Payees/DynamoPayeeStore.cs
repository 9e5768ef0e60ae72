using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Ledger.Payees;

namespace BankPortal.Infrastructure.Ledger.Payees;

/// <summary>Stores payees in DynamoDB, under the customer who paid them. Thread-safe.</summary>
public sealed class DynamoPayeeStore(DynamoDatabase database, IFieldProtector protector) : IPayeeStore
{
    private const string NamePurpose = "ledger.payee";
    private const string PayeePrefix = "payee#";

    // A customer has few payees; further ones are found by entering the account number again.
    private const int MostRead = 200;

    private readonly string _table = database.TableName(LedgerTables.Payees);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Payee>> ListAsync(string userId, int limit, CancellationToken ct = default)
    {
        var response = await database.Client.QueryAsync(
            new QueryRequest
            {
                TableName = _table,
                KeyConditionExpression = "user_id = :user AND begins_with(payee_key, :prefix)",
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":user"] = Attr.S(userId), [":prefix"] = Attr.S(PayeePrefix) },
                Limit = MostRead,
                ConsistentRead = true,
            },
            ct);
        return [.. Payee.InOrder((response.Items ?? []).Select(FromItem)).Take(limit)];
    }

    /// <inheritdoc/>
    public async Task<Payee?> FindAsync(string userId, string accountId, CancellationToken ct = default)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest { TableName = _table, Key = Key(userId, PayeePrefix + accountId), ConsistentRead = true }, ct);
        return response.Item is { Count: > 0 } item ? FromItem(item) : null;
    }

    /// <inheritdoc/>
    public Task RememberAsync(string userId, Payee payee, CancellationToken ct = default) =>
        database.Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = _table,
                Key = Key(userId, PayeePrefix + payee.AccountId),
                UpdateExpression = "SET account_id = :account, account_number = :number, payee_name = :name, last_paid_at = :last, "
                    + "first_paid_at = if_not_exists(first_paid_at, :first)",
                ExpressionAttributeValues = new(StringComparer.Ordinal)
                {
                    [":account"] = Attr.S(payee.AccountId),
                    [":number"] = Attr.S(payee.Number.Digits),
                    [":name"] = Attr.S(protector.Protect(NamePurpose, payee.Name)),
                    [":first"] = Attr.Time(payee.FirstPaidAt!.Value),
                    [":last"] = Attr.Time(payee.LastPaidAt!.Value),
                },
            },
            ct);

    /// <inheritdoc/>
    public async Task<bool> TryAddAsync(string userId, Payee payee, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(payee);
        try
        {
            await database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = _table,
                    Item = new ItemWriter()
                        .Set("user_id", userId)
                        .Set("payee_key", PayeePrefix + payee.AccountId)
                        .Set("account_id", payee.AccountId)
                        .Set("account_number", payee.Number.Digits)
                        .Set("payee_name", protector.Protect(NamePurpose, payee.Name))
                        .Set("nickname", payee.Nickname is { } nickname ? protector.Protect(NamePurpose, nickname) : null)
                        .Set("favourite", payee.IsFavourite ? "yes" : null)
                        .Set("name_match", payee.NameMatch)
                        .Set("added_at", payee.AddedAt)
                        .ToItem(),
                    ConditionExpression = "attribute_not_exists(payee_key)",
                },
                ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TryChangeAsync(
        string userId, string accountId, string? nickname, bool isFavourite, CancellationToken ct = default)
    {
        var set = new List<string>();
        var remove = new List<string>();
        var values = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        Write("nickname", nickname is null ? null : protector.Protect(NamePurpose, nickname));
        Write("favourite", isFavourite ? "yes" : null);
        try
        {
            await database.Client.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = _table,
                    Key = Key(userId, PayeePrefix + accountId),
                    UpdateExpression = string.Join(
                        ' ', [.. set.Take(1).Select(_ => "SET " + string.Join(", ", set)), .. remove.Take(1).Select(_ => "REMOVE " + string.Join(", ", remove))]),
                    ConditionExpression = "attribute_exists(payee_key)",
                    ExpressionAttributeValues = values.Count == 0 ? null : values,
                },
                ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }

        void Write(string name, string? value)
        {
            if (value is null)
            {
                remove.Add(name);
            }
            else
            {
                set.Add($"{name} = :{name}");
                values[":" + name] = Attr.S(value);
            }
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string userId, string accountId, CancellationToken ct = default) =>
        database.Client.DeleteItemAsync(
            new DeleteItemRequest { TableName = _table, Key = Key(userId, PayeePrefix + accountId) }, ct);

    /// <inheritdoc/>
    public async Task<int> CountLookupAsync(string userId, DateTimeOffset at, CancellationToken ct = default)
    {
        var response = await database.Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = _table,
                Key = Key(userId, "lookups#" + Attr.FormatTime(at)[..13]),
                UpdateExpression = "SET expires_at = :expiry ADD lookups :one",
                ExpressionAttributeValues = new(StringComparer.Ordinal)
                {
                    [":one"] = Attr.N(1L),
                    [":expiry"] = Attr.N(at.AddHours(2).ToUnixTimeSeconds()),
                },
                ReturnValues = ReturnValue.UPDATED_NEW,
            },
            ct);
        return new ItemReader(response.Attributes).Int("lookups");
    }

    /// <summary>Returns the key of a customer's payee.</summary>
    internal static Dictionary<string, AttributeValue> KeyOf(string userId, string accountId) => Key(userId, PayeePrefix + accountId);

    private static Dictionary<string, AttributeValue> Key(string userId, string key) =>
        new(StringComparer.Ordinal) { ["user_id"] = Attr.S(userId), ["payee_key"] = Attr.S(key) };

    private Payee FromItem(Dictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        return new Payee(
            read.String("account_id"),
            AccountNumber.Parse(read.String("account_number")),
            protector.Unprotect(NamePurpose, read.String("payee_name")),
            read.TimeOrNull("first_paid_at"),
            read.TimeOrNull("last_paid_at"))
        {
            Nickname = read.StringOrNull("nickname") is { } nickname ? protector.Unprotect(NamePurpose, nickname) : null,
            IsFavourite = read.StringOrNull("favourite") is not null,
            NameMatch = read.EnumOrNull<NameMatch>("name_match"),
            AddedAt = read.TimeOrNull("added_at"),
        };
    }
}
