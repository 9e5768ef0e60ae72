using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <content>Rows of passkeys.</content>
internal sealed partial class BankUserMapper
{
    internal const string PasskeyNameName = "passkey_name";
    internal const string SignCountName = "sign_count";
    internal const string BackedUpName = "backed_up";
    internal const string LastUsedName = "last_used_at";
    private const string PasskeyName = "passkey";
    private const string PasskeyPurpose = "passkey.credential";
    private const string PasskeyNamePurpose = "passkey.name";

    /// <summary>
    /// The row of a passkey. What the browser sent at its registration is not kept: no statement of the device's maker is asked for, so
    /// there is nothing to check later.
    /// </summary>
    internal Dictionary<string, AttributeValue> ToPasskeyItem(string rowId, string userId, UserPasskeyInfo passkey) => new ItemWriter()
        .Set("user_id", rowId)
        .Set("owner", userId)
        .Set(PasskeyName, protector.Protect(PasskeyPurpose, JsonSerializer.Serialize(new StoredPasskey(
            passkey.CredentialId, passkey.PublicKey, passkey.Transports, passkey.IsUserVerified, passkey.IsBackupEligible))))
        .Set(PasskeyNameName, HidePasskeyName(passkey.Name))
        .Set("created_at", passkey.CreatedAt)
        .Set(SignCountName, passkey.SignCount)
        .Set(BackedUpName, passkey.IsBackedUp)
        .ToItem();

    internal string? HidePasskeyName(string? name) => name is null ? null : protector.Protect(PasskeyNamePurpose, name);

    internal BankPasskey ReadPasskey(Dictionary<string, AttributeValue> item)
    {
        var row = new ItemReader(item);
        var stored = JsonSerializer.Deserialize<StoredPasskey>(protector.Unprotect(PasskeyPurpose, row.String(PasskeyName)))
            ?? throw new InvalidDataException("The row of a passkey is empty.");
        var info = new UserPasskeyInfo(
            stored.CredentialId,
            stored.PublicKey,
            row.Time("created_at"),
            checked((uint)row.Long(SignCountName)),
            stored.Transports,
            stored.IsUserVerified,
            stored.IsBackupEligible,
            row.BoolOrNull(BackedUpName) ?? false,
            attestationObject: [],
            clientDataJson: [])
        {
            Name = row.StringOrNull(PasskeyNameName) is { } hidden ? protector.Unprotect(PasskeyNamePurpose, hidden) : null,
        };
        return new BankPasskey(UserRows.PasskeyIdOf(row.String("user_id")), info, row.TimeOrNull(LastUsedName));
    }

    private sealed record StoredPasskey(
        byte[] CredentialId, byte[] PublicKey, string[]? Transports, bool IsUserVerified, bool IsBackupEligible);
}
