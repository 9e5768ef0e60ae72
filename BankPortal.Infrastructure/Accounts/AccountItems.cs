using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Accounts;

/// <summary>Converts accounts to and from DynamoDB items. Thread-safe.</summary>
public sealed class AccountItems(IFieldProtector protector)
{
    /// <summary>The partition key attribute of the table.</summary>
    public const string Key = "account_id";

    /// <summary>The attribute with the version of a row (optimistic lock).</summary>
    public const string Version = "version";

    private const string NicknamePurpose = "accounts.nickname";

    /// <summary>Converts an account to an item.</summary>
    public Dictionary<string, AttributeValue> ToItem(Account account) => new ItemWriter()
        .Set(Key, account.Id)
        .Set("owner_id", account.OwnerId)
        .Set("account_number", account.Number.Digits)
        .Set<AccountType>("type", account.Type)
        .Set("nickname", account.Nickname is null ? null : protector.Protect(NicknamePurpose, account.Nickname))
        .Set("currency", account.Currency.Code)
        .Set<AccountStatus>("status", account.Status)
        .Set("balance", account.Balance.MinorUnits)
        .Set("held", account.Held.MinorUnits)
        .Set("overdraft", account.Overdraft.IsZero ? (long?)null : account.Overdraft.MinorUnits)
        .Set("seq", account.Sequence)
        .Set("last_entry_at", account.LastEntryAt)
        .Set("last_hash", account.LastHash.IsEmpty ? null : account.LastHash.ToArray())
        .Set("recent", ActivityBytes.Format(account.Activity))
        .Set("limit_day", account.Activity.LimitUsed == 0 ? null : (DateOnly?)account.Activity.LimitDay)
        .Set("limit_used", account.Activity.LimitUsed == 0 ? null : (long?)account.Activity.LimitUsed)
        .Set(Version, account.Version)
        .Set("opened_at", account.OpenedAt)
        .Set("closed_at", account.ClosedAt)
        .ToItem();

    /// <summary>Converts an item to an account.</summary>
    public Account FromItem(IReadOnlyDictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        var currency = Currency.Of(read.String("currency"));
        return new Account
        {
            Id = read.String(Key),
            OwnerId = read.String("owner_id"),
            Number = AccountNumber.Parse(read.String("account_number")),
            Type = read.Enum<AccountType>("type"),
            Nickname = read.StringOrNull("nickname") is { } nickname ? protector.Unprotect(NicknamePurpose, nickname) : null,
            Currency = currency,
            Status = read.Enum<AccountStatus>("status"),
            Balance = new Money(read.Long("balance"), currency),
            Held = new Money(read.Long("held"), currency),
            Overdraft = new Money(read.LongOrNull("overdraft") ?? 0, currency),
            Sequence = read.Long("seq"),
            LastEntryAt = read.TimeOrNull("last_entry_at"),
            LastHash = read.BytesOrNull("last_hash"),
            Activity = ActivityBytes.Parse(read.BytesOrNull("recent")) with
            {
                LimitDay = read.DayOrNull("limit_day") ?? DateOnly.MinValue,
                LimitUsed = read.LongOrNull("limit_used") ?? 0,
            },
            Version = read.Long(Version),
            OpenedAt = read.Time("opened_at"),
            ClosedAt = read.TimeOrNull("closed_at"),
        };
    }
}
