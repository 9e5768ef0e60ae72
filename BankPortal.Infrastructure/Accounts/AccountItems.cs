using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Accounts;
using BankPortal.Core.Common;
using BankPortal.Infrastructure.Dynamo;
using BankPortal.Infrastructure.Security;

namespace BankPortal.Infrastructure.Accounts;

/// <summary>An account as an item of the table, and back.</summary>
public sealed class AccountItems(IFieldProtector protector)
{
    /// <summary>The table's key.</summary>
    public const string Key = "account_id";

    /// <summary>The attribute that counts the writes of a row.</summary>
    public const string Version = "version";

    private const string NicknamePurpose = "accounts.nickname";

    /// <summary>The item of an account.</summary>
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
        .Set("activity", FormatHours(account.Activity))
        .Set("recent_debits", FormatRecent(account.Activity))
        .Set("limit_day", account.Activity.LimitUsed == 0 ? null : (DateOnly?)account.Activity.LimitDay)
        .Set("limit_used", account.Activity.LimitUsed == 0 ? null : (long?)account.Activity.LimitUsed)
        .Set(Version, account.Version)
        .Set("opened_at", account.OpenedAt)
        .Set("closed_at", account.ClosedAt)
        .ToItem();

    /// <summary>The account of an item.</summary>
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
            Activity = new AccountActivity(
                ParseHours(read.StringOrNull("activity")),
                read.DayOrNull("limit_day") ?? DateOnly.MinValue,
                read.LongOrNull("limit_used") ?? 0,
                ParseRecent(read.StringOrNull("recent_debits"))),
            Version = read.Long(Version),
            OpenedAt = read.Time("opened_at"),
            ClosedAt = read.TimeOrNull("closed_at"),
        };
    }

    // The window is written with every movement, so it is one short text instead of a tree of attributes:
    // hour,debits,debitSum,credits,creditSum,high for each bucket, the buckets parted by semicolons.
    private static string? FormatHours(AccountActivity activity) => activity.Hours.IsEmpty
        ? null
        : string.Join(';', activity.Hours.Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.Hour},{h.Debits},{h.DebitSum},{h.Credits},{h.CreditSum},{h.HighValue}")));

    private static ImmutableArray<HourBucket> ParseHours(string? text) => Parse(text, parts => new HourBucket(
        Number(parts[0]), (int)Number(parts[1]), Number(parts[2]), (int)Number(parts[3]), Number(parts[4]), (int)Number(parts[5])));

    private static string? FormatRecent(AccountActivity activity) => activity.RecentDebits.IsEmpty
        ? null
        : string.Join(';', activity.RecentDebits.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.At.UtcTicks},{d.Amount},{d.Counterparty}")));

    private static ImmutableArray<RecentDebit> ParseRecent(string? text) => Parse(text, parts => new RecentDebit(
        new DateTimeOffset(Number(parts[0]), TimeSpan.Zero), Number(parts[1]), parts[2]));

    private static ImmutableArray<T> Parse<T>(string? text, Func<string[], T> parse) =>
        text is null ? [] : [.. text.Split(';').Select(part => parse(part.Split(',')))];

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
