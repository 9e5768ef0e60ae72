namespace BankPortal.Core.Notifications.Delivery;

/// <summary>Messages to one recipient over one channel: one, or those of a day for a summary.</summary>
/// <param name="Id">Names it for ever, so that a channel that recognises repeats shows a repeat once.</param>
/// <param name="RecipientId">The user id; for <see cref="DeliveryChannel.StaffTopic"/> the role.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Kind">The kind of the message; of several, that of the first.</param>
/// <param name="Subject">One line of text, at most 100 characters.</param>
/// <param name="Body">Plain text with the times in UTC and local time, the reference and the link.</param>
/// <param name="Short">One line of at most 300 characters, for text messages.</param>
public sealed record Delivery(
    string Id, string RecipientId, DeliveryChannel Channel, AlertKind Kind, string Subject, string Body, string Short)
{
    /// <summary>The e-mail address it goes to in place of the recipient's own; <see langword="null"/> as a rule.</summary>
    public string? To { get; init; }
}
