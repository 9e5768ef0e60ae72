using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// Keeps the last two sign-ins in a small row beside the person's own, because every write of that one is charged by its size.
/// </summary>
internal sealed class DynamoSignInHistory(DynamoDatabase database, UserRows users, IFieldProtector fields) : ISignInHistory
{
    private const string Purpose = "user.sign-in";
    private const string Last = "last_sign_in";
    private const string Previous = "previous_sign_in";

    // Tells a person's sessions apart; the whole id would only take space.
    private const int SessionMark = 12;

    // Cannot occur in a device description or a session id.
    private const char Separator = '\u001f';

    public Task RecordAsync(string userId, string sessionId, SignInRecord signIn, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(signIn);
        var text = string.Join(
            Separator, signIn.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), MarkOf(sessionId), signIn.Device);
        return database.Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = users.Table,
                Key = UserRows.Key(KeyOf(userId)),
                UpdateExpression = $"SET {Previous} = if_not_exists({Last}, :none), {Last} = :now",
                ExpressionAttributeValues = new(StringComparer.Ordinal)
                {
                    [":none"] = Attr.S(""),
                    [":now"] = Attr.S(fields.Protect(Purpose, text)),
                },
            },
            ct);
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
