using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Identity.Confirmations;

namespace BankPortal.Infrastructure.Identity.Confirmations;

/// <summary>
/// Keeps confirmations of payments beside the users (<c>confirm#{user}#{id}</c>). What is shown is encrypted. Rows expire. Thread-safe.
/// </summary>
internal sealed class DynamoPaymentConfirmationStore(DynamoDatabase database, UserRows rows, IFieldProtector fields)
    : IPaymentConfirmationStore
{
    private const string Purpose = "user.confirmation";

    // Cannot occur in a name, a number or a label: they are cleaned of control characters.
    private const char Separator = '\u001f';

    // Rows outlive what they allow, so that somebody who comes late is told so.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public Task PutAsync(PaymentConfirmation waiting, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(waiting);
        var shown = string.Join(Separator, waiting.PayeeName, waiting.PayeeNumber, waiting.FromLabel, waiting.Dates ?? "");
        return database.Client.PutItemAsync(
            new PutItemRequest
            {
                TableName = rows.Table,
                Item = new ItemWriter()
                    .Set("user_id", KeyOf(waiting.UserId, waiting.Id))
                    .Set("session", waiting.SessionId)
                    .Set("digest", waiting.Digest)
                    .Set("purpose", waiting.Purpose)
                    .Set("amount", waiting.Amount.MinorUnits)
                    .Set("currency", waiting.Amount.Currency.Code)
                    .Set("shown", fields.Protect(Purpose, shown))
                    .Set("name_right", waiting.IsNameRight)
                    .Set("state", waiting.State)
                    .Set("open_until", waiting.OpenUntil)
                    .SetTtl("expires_at", waiting.OpenUntil + Kept)
                    .ToItem(),
            },
            ct);
    }

    public async Task<PaymentConfirmation?> FindAsync(string userId, string sessionId, string id, CancellationToken ct = default) =>
        await rows.GetAsync(KeyOf(userId, id), ct) is { } item
        && new ItemReader(item).String("session") == sessionId
            ? Read(userId, id, new ItemReader(item))
            : null;

    public Task<bool> TryConfirmAsync(
        string userId,
        string sessionId,
        string id,
        ConfirmationFactor factor,
        DateTimeOffset now,
        DateTimeOffset openUntil,
        CancellationToken ct = default) =>
        TryUpdateAsync(
            userId,
            id,
            "SET #state = :confirmed, factor = :factor, open_until = :until, expires_at = :expires",
            "#session = :session AND open_until > :now AND #state IN (:waiting, :confirmed)",
            new(StringComparer.Ordinal)
            {
                [":session"] = Attr.S(sessionId),
                [":now"] = Attr.Time(now),
                [":waiting"] = Attr.S(nameof(ConfirmationState.Waiting)),
                [":confirmed"] = Attr.S(nameof(ConfirmationState.Confirmed)),
                [":factor"] = Attr.S(factor.ToString()),
                [":until"] = Attr.Time(openUntil),
                [":expires"] = Attr.N((openUntil + Kept).ToUnixTimeSeconds()),
            },
            ct);

    public Task<bool> TryUseAsync(
        string userId, string sessionId, string id, string digest, string useKey, DateTimeOffset now, CancellationToken ct = default) =>
        TryUpdateAsync(
            userId,
            id,
            "SET #state = :used, used_for = :use",
            "#session = :session AND digest = :digest AND open_until > :now "
            + "AND (#state = :confirmed OR (#state = :used AND used_for = :use))",
            new(StringComparer.Ordinal)
            {
                [":session"] = Attr.S(sessionId),
                [":digest"] = Attr.S(digest),
                [":now"] = Attr.Time(now),
                [":confirmed"] = Attr.S(nameof(ConfirmationState.Confirmed)),
                [":used"] = Attr.S(nameof(ConfirmationState.Used)),
                [":use"] = Attr.S(useKey),
            },
            ct);

    private static string KeyOf(string userId, string id) => $"confirm#{userId}#{id}";

    private async Task<bool> TryUpdateAsync(
        string userId, string id, string update, string condition, Dictionary<string, AttributeValue> values, CancellationToken ct)
    {
        try
        {
            await database.Client.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = rows.Table,
                    Key = UserRows.Key(KeyOf(userId, id)),
                    UpdateExpression = update,
                    ConditionExpression = condition,
                    ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#state"] = "state", ["#session"] = "session" },
                    ExpressionAttributeValues = values,
                },
                ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private PaymentConfirmation Read(string userId, string id, ItemReader item)
    {
        var shown = fields.Unprotect(Purpose, item.String("shown")).Split(Separator);
        return new PaymentConfirmation
        {
            Id = id,
            UserId = userId,
            SessionId = item.String("session"),
            Digest = item.String("digest"),
            Purpose = item.Enum<ConfirmationPurpose>("purpose"),
            Amount = new Money(item.Long("amount"), Currency.Of(item.String("currency"))),
            PayeeName = shown[0],
            PayeeNumber = shown[1],
            FromLabel = shown[2],
            Dates = shown[3].Length == 0 ? null : shown[3],
            IsNameRight = item.BoolOrNull("name_right"),
            OpenUntil = item.Time("open_until"),
            State = item.Enum<ConfirmationState>("state"),
            Factor = item.EnumOrNull<ConfirmationFactor>("factor"),
            UsedFor = item.StringOrNull("used_for"),
        };
    }
}
