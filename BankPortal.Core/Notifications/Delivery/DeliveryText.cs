using System.Text;

namespace BankPortal.Core.Notifications.Delivery;

/// <summary>Writes what goes out over channels: plain text, times in UTC and in the person's zone. Stateless, thread-safe.</summary>
/// <param name="rules">Has the bank's time zone.</param>
/// <param name="portal">The portal's address.</param>
public sealed class DeliveryText(LedgerRules rules, PortalLinks portal)
{
    private const int MaxSubject = 100;
    private const int MaxShort = 300;

    /// <summary>The delivery of one or several messages of a person.</summary>
    /// <param name="messages">The messages, at least one, oldest first.</param>
    /// <param name="timeZoneId">The person's time zone; <see langword="null"/> for the bank's.</param>
    internal Delivery Write(IReadOnlyList<DueMessage> messages, string? timeZoneId)
    {
        var zone = timeZoneId is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZoneId, out var own) ? own : rules.Zone;
        var first = messages[0];
        var subject = messages.Count == 1
            ? "BankPortal: " + first.Title
            : string.Create(CultureInfo.InvariantCulture, $"BankPortal: {messages.Count} messages");
        var body = new StringBuilder();
        foreach (var message in messages)
        {
            body.Append(message.Title).Append('\n').Append(message.Text).Append('\n');
            body.Append("Time: ").Append(Times(message.At, zone)).Append('\n');
            if (message.Reference.Length > 0)
            {
                body.Append("Reference: ").Append(message.Reference).Append('\n');
            }

            if (message.Link is { } link && portal.To(link) is { } address)
            {
                body.Append("Details: ").Append(address).Append('\n');
            }

            body.Append('\n');
        }

        body.Append("We never ask for your password or a code by e-mail, text message or telephone.\n");
        if (!StaffTopics.IsTopic(first.RecipientId) && portal.To("/notifications/settings") is { } settings)
        {
            body.Append("Which messages you get: ").Append(settings).Append('\n');
        }

        var tail = first.Reference.Length > 0 ? $" Reference {first.Reference}." : "";
        var text = Cut($"BankPortal: {first.Title}. {first.Text}", MaxShort - tail.Length) + tail;
        var id = messages.Count == 1 ? first.Id : DerivedId.From([.. messages.Select(message => message.Id)]);
        return new Delivery(id, first.RecipientId, first.Channel, first.Kind, Cut(subject, MaxSubject), body.ToString(), text)
        {
            To = first.To,
        };
    }

    private static string Times(DateTimeOffset at, TimeZoneInfo zone)
    {
        var utc = at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return local.Offset == TimeSpan.Zero
            ? utc
            : string.Create(CultureInfo.InvariantCulture, $"{utc} ({local:yyyy-MM-dd HH:mm} {zone.Id})");
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}
