using System.Security.Claims;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using BankPortal.Infrastructure.Identity.SignIn;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>Converts users to and from DynamoDB items and encrypts personal and secret fields. Thread-safe.</summary>
internal sealed partial class BankUserMapper(IFieldProtector protector)
{
    internal const string Kind = "user";

    /// <summary>When the credentials last changed; fraud screening reads this attribute alone.</summary>
    internal const string SecurityChangedAt = "security_changed_at";

    /// <summary>When the bank blocked signing in; set and removed separately.</summary>
    internal const string BlockedAt = "blocked_at";

    // The attributes that an update writes. The sign-in counters, the last TOTP step and the recovery codes are not among them: they are
    // updated separately and atomically.
    internal static readonly string[] ProfileAttributes =
    [
        "user_name", "normalized_user_name", "email", "normalized_email", "email_confirmed", "full_name", "phone_number",
        "phone_number_confirmed", "password_hash", "security_stamp", "concurrency_stamp", "two_factor_enabled", "authenticator_key",
        "lockout_enabled", "created_at", SecurityChangedAt, "roles", "claims", "logins", "tokens", "passkeys",
    ];

    internal Dictionary<string, AttributeValue> ToItem(BankUser user) => new ItemWriter()
        .Set("user_id", user.Id)
        .Set("kind", Kind)
        .Set("user_name", Hide("user_name", user.UserName))
        .Set("normalized_user_name", Hide("normalized_user_name", user.NormalizedUserName))
        .Set("email", Hide("email", user.Email))
        .Set("normalized_email", Hide("normalized_email", user.NormalizedEmail))
        .Set("email_confirmed", user.EmailConfirmed)
        .Set("full_name", Hide("full_name", user.FullName))
        .Set("phone_number", Hide("phone_number", user.PhoneNumber))
        .Set("phone_number_confirmed", user.PhoneNumberConfirmed)
        .Set("password_hash", user.PasswordHash)
        .Set("security_stamp", user.SecurityStamp is { Length: > 0 } stamp ? stamp : null)
        .Set("concurrency_stamp", user.ConcurrencyStamp)
        .Set("two_factor_enabled", user.TwoFactorEnabled)
        .Set("authenticator_key", Hide("authenticator_key", user.AuthenticatorKey))
        .Set("lockout_enabled", user.LockoutEnabled)
        .Set("lockout_end", user.LockoutEnd)
        .Set("access_failed_count", user.AccessFailedCount)
        .Set("created_at", user.CreatedAt)
        .Set(SecurityChangedAt, user.SecurityChangedAt)
        .SetStrings("roles", user.Roles)
        .Set("claims", HideList("claims", user.Claims.Select(claim => new StoredClaim(claim.Type, claim.Value, claim.ValueType))))
        .Set("logins", HideList("logins", user.Logins.Select(login =>
            new StoredLogin(login.LoginProvider, login.ProviderKey, login.ProviderDisplayName))))
        .Set("tokens", HideList("tokens", user.Tokens))
        .SetStrings("recovery_codes", user.RecoveryCodes)
        .SetStrings("passkeys", user.PasskeyRows)
        .ToItem();

    internal BankUser Read(Dictionary<string, AttributeValue> item)
    {
        var row = new ItemReader(item);
        var user = new BankUser
        {
            Id = row.String("user_id"),
            UserName = Show(row, "user_name") ?? "",
            NormalizedUserName = Show(row, "normalized_user_name") ?? "",
            Email = Show(row, "email"),
            NormalizedEmail = Show(row, "normalized_email"),
            EmailConfirmed = row.BoolOrNull("email_confirmed") ?? false,
            FullName = Show(row, "full_name") ?? "",
            PhoneNumber = Show(row, "phone_number"),
            PhoneNumberConfirmed = row.BoolOrNull("phone_number_confirmed") ?? false,
            PasswordHash = row.StringOrNull("password_hash"),
            SecurityStamp = row.StringOrNull("security_stamp") ?? "",
            ConcurrencyStamp = row.String("concurrency_stamp"),
            TwoFactorEnabled = row.BoolOrNull("two_factor_enabled") ?? false,
            AuthenticatorKey = Show(row, "authenticator_key"),
            LockoutEnabled = row.BoolOrNull("lockout_enabled") ?? true,
            LockoutEnd = row.TimeOrNull("lockout_end"),
            AccessFailedCount = row.IntOrNull("access_failed_count") ?? 0,
            CreatedAt = row.Time("created_at"),
            SecurityChangedAt = row.TimeOrNull(SecurityChangedAt),
            BlockedAt = row.TimeOrNull(BlockedAt),
            TriesLockEnd = row.TimeOrNull(SignInCount.TriesLockName),
            Roles = new SortedSet<string>(row.Strings("roles"), StringComparer.Ordinal),
            Claims = [.. ShowList<StoredClaim>(row, "claims").Select(claim => new Claim(claim.Type, claim.Value, claim.ValueType))],
            Logins =
            [
                .. ShowList<StoredLogin>(row, "logins")
                    .Select(login => new UserLoginInfo(login.Provider, login.Key, login.DisplayName)),
            ],
            Tokens = [.. ShowList<BankUserToken>(row, "tokens")],
            RecoveryCodes = new HashSet<string>(row.Strings("recovery_codes"), StringComparer.Ordinal),
            PasskeyRows = new SortedSet<string>(row.Strings("passkeys"), StringComparer.Ordinal),
        };
        Remember(user);
        user.Stored = user.Stored! with { FailuresCleared = row.LongOrNull(SignInCount.ClearedName) ?? 0 };
        return user;
    }

    /// <summary>Records the stored values of the user.</summary>
    internal static void Remember(BankUser user)
    {
        user.RecoveryCodesReplaced = false;
        user.NewPasskeys.Clear();
        var cleared = user.Stored?.FailuresCleared ?? 0;
        user.Stored = new BankUserSnapshot(
            user.ConcurrencyStamp,
            user.NormalizedUserName,
            user.NormalizedEmail,
            user.AuthenticatorKey,
            user.LockoutEnd,
            user.AccessFailedCount,
            [.. user.Roles],
            [.. user.Logins],
            [.. user.PasskeyRows])
        {
            FailuresCleared = cleared,
            PasswordHash = user.PasswordHash,
            SecurityStamp = user.SecurityStamp,
            TwoFactorEnabled = user.TwoFactorEnabled,
        };
    }

    /// <summary>Reads how the person can be reached.</summary>
    internal PersonContact ReadContact(Dictionary<string, AttributeValue> item)
    {
        var row = new ItemReader(item);
        return new PersonContact(ReadName(item), row.BoolOrNull("email_confirmed") == true ? Show(row, "email") : null);
    }

    /// <summary>Reads only the name.</summary>
    internal string ReadName(Dictionary<string, AttributeValue> item) => Show(new ItemReader(item), "full_name") ?? "";

    private static string Purpose(string field) => "user." + field;

    private string? Hide(string field, string? value) => value is null ? null : protector.Protect(Purpose(field), value);

    private string? HideList<T>(string field, IEnumerable<T> values)
    {
        var list = values.ToList();
        return list.Count == 0 ? null : Hide(field, JsonSerializer.Serialize(list));
    }

    private string? Show(ItemReader row, string field) =>
        row.StringOrNull(field) is { } value ? protector.Unprotect(Purpose(field), value) : null;

    private List<T> ShowList<T>(ItemReader row, string field) =>
        Show(row, field) is { } json ? JsonSerializer.Deserialize<List<T>>(json) ?? [] : [];

    private sealed record StoredClaim(string Type, string Value, string ValueType);

    private sealed record StoredLogin(string Provider, string Key, string? DisplayName);
}
