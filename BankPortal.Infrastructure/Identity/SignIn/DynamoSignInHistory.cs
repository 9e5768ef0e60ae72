using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// Keeps the last two sign-ins, and hashes of the kinds of devices used, in a small row beside the person's own, because every write of
/// that one is charged by its size.
/// </summary>
internal sealed class DynamoSignInHistory(DynamoDatabase database, UserRows users, IFieldProtector fields, LookupHasher hasher)
    : ISignInHistory
{
    private const string Purpose = "user.sign-in";
    private const string Last = "last_sign_in";
    private const string Previous = "previous_sign_in";
    private const string Devices = "devices";
    private const string DevicePurpose = "sign-in.device";

    // Enough of a hash for the few kinds of devices that there are.
    private const int DeviceMark = 12;

    // Tells a person's sessions apart; the whole id would only take space.
    private const int SessionMark = 12;

    // Cannot occur in a device description or a session id.
    private const char Separator = '\u001f';

    public async Task<bool> RecordAsync(string userId, string sessionId, SignInRecord signIn, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(signIn);
        var text = string.Join(
            Separator, signIn.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), MarkOf(sessionId), signIn.Device);
        var device = (await hasher.HashAsync(ct, DevicePurpose, userId, signIn.Device))[..DeviceMark];
        var response = await database.Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = users.Table,
                Key = UserRows.Key(KeyOf(userId)),
                UpdateExpression = $"SET {Previous} = if_not_exists({Last}, :none), {Last} = :now ADD {Devices} :device",
                ExpressionAttributeValues = new(StringComparer.Ordinal)
                {
                    [":none"] = Attr.S(""),
                    [":now"] = Attr.S(fields.Protect(Purpose, text)),
                    [":device"] = new AttributeValue { SS = [device] },
                },
                ReturnValues = ReturnValue.ALL_OLD,
            },
            ct);

        // The rows of earlier versions have sign-ins and no devices: what was used before is not known, so nothing is called new.
        var before = new ItemReader(response.Attributes ?? []);
        return before.Has(Devices) ? !before.Strings(Devices).Contains(device, StringComparer.Ordinal) : !before.Has(Last);
    }

    public async Task<SignInRecord?> FindOtherAsync(string userId, string? sessionId, CancellationToken ct = default)
    {
        if (await users.GetAsync(KeyOf(userId), ct) is not { } item)
        {
            return null;
        }

        var row = new ItemReader(item);
        var last = Read(row.StringOrNull(Last));
        var other = last is { } found && found.Session == MarkOf(sessionId) ? Read(row.StringOrNull(Previous)) : last;
        return other?.SignIn;
    }

    private static string KeyOf(string userId) => "sign-ins#" + userId;

    private static string MarkOf(string? sessionId) => sessionId is { Length: > SessionMark } ? sessionId[..SessionMark] : sessionId ?? "";

    private (string Session, SignInRecord SignIn)? Read(string? stored)
    {
        if (string.IsNullOrEmpty(stored))
        {
            return null;
        }

        var parts = fields.Unprotect(Purpose, stored).Split(Separator);
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture));
        return (parts[1], new SignInRecord(at, parts[2]));
    }
}
