using BankPortal.Core.Common.Events;

namespace BankPortal.Core.Notifications.Delivery;

/// <summary>Writes deliveries as events of the queue and reads them back.</summary>
internal static class DeliveryEvents
{
    /// <summary>The kind of these events.</summary>
    public const string Kind = "delivery";

    /// <summary>The delivery of a message over a channel.</summary>
    /// <param name="message">The message.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="due">When it is due.</param>
    /// <param name="isInDigest">Whether it comes with others of the person that are due at the same time.</param>
    public static BankEvent Of(InboxMessage message, DeliveryChannel channel, DateTimeOffset due, bool isInDigest) => BankEvent.Of(
        IdOf(message, channel),
        Kind,
        message.PersonId,
        due,
        ("channel", channel.ToString()),
        ("alert", message.Kind.ToString()),
        ("at", message.At.ToString("O", CultureInfo.InvariantCulture)),
        ("title", message.Title),
        ("text", message.Text),
        ("reference", message.Reference),
        ("link", message.Link ?? ""),
        ("to", message.SendTo ?? ""),
        ("digest", isInDigest ? "1" : ""));

    // Begins with the time of the message: those that become due at the same moment are read in its order.
    private static string IdOf(InboxMessage message, DeliveryChannel channel) => string.Create(
        CultureInfo.InvariantCulture,
        $"{message.At.UtcTicks:x16}-{DerivedId.From("delivery", message.Id, message.PersonId, channel.ToString())}");

    /// <summary>Reads a delivery.</summary>
    /// <exception cref="FormatException">It has another form.</exception>
    public static DueMessage Read(BankEvent due)
    {
        var facts = due.Facts;
        return new DueMessage(
            due.Id,
            due.PersonId,
            Enum.TryParse<DeliveryChannel>(Fact("channel"), out var channel) ? channel : throw Bad(),
            Enum.TryParse<AlertKind>(Fact("alert"), out var kind) ? kind : throw Bad(),
            DateTimeOffset.TryParse(Fact("at"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : throw Bad(),
            Fact("title"),
            Fact("text"),
            facts.GetValueOrDefault("reference") ?? "",
            facts.GetValueOrDefault("link") is { Length: > 0 } link ? link : null,
            facts.GetValueOrDefault("digest") == "1",
            int.TryParse(facts.GetValueOrDefault("tries"), NumberStyles.None, CultureInfo.InvariantCulture, out var tries) ? tries : 0)
        {
            To = facts.GetValueOrDefault("to") is { Length: > 0 } to ? to : null,
        };

        string Fact(string name) => facts.TryGetValue(name, out var value) ? value : throw Bad();
        static FormatException Bad() => new("The stored delivery has an unexpected form.");
    }

    /// <summary>The same delivery, due later.</summary>
    public static BankEvent Later(BankEvent due, DateTimeOffset until, int tries) => due with
    {
        At = until,
        Facts = due.Facts.ToImmutableDictionary(StringComparer.Ordinal)
            .SetItem("tries", tries.ToString(CultureInfo.InvariantCulture)),
    };
}

/// <summary>A message that is due for delivery.</summary>
internal sealed record DueMessage(
    string Id,
    string RecipientId,
    DeliveryChannel Channel,
    AlertKind Kind,
    DateTimeOffset At,
    string Title,
    string Text,
    string Reference,
    string? Link,
    bool IsInDigest,
    int Tries)
{
    /// <summary>The e-mail address in place of the person's own.</summary>
    public string? To { get; init; }
}
