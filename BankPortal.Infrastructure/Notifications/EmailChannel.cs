using BankPortal.Core.Notifications;
using BankPortal.Core.Notifications.Delivery;
using MailKit.Net.Smtp;

namespace BankPortal.Infrastructure.Notifications;

/// <summary>Sends messages to people's confirmed e-mail addresses, through the sender that <c>Notifications:Sender</c> chooses.
/// Thread-safe.</summary>
/// <param name="contacts">Has the addresses.</param>
/// <param name="sender">Sends e-mails.</param>
/// <param name="options">Says whether there is a sender.</param>
internal sealed class EmailChannel(IContactDirectory contacts, INotificationSender sender, IOptions<NotificationOptions> options)
    : IDeliveryChannel
{
    // Replies from 500 on are final (RFC 5321, 4.2.1).
    private const int FirstFinalReply = 500;

    public DeliveryChannel Channel => DeliveryChannel.Email;

    public bool IsAvailable => options.Value.CanSend;

    public bool IsUsedByIdentity => true;

    public async Task<DeliveryOutcome> SendAsync(Delivery delivery, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if ((delivery.To ?? (await contacts.FindAsync(delivery.RecipientId, ct))?.Email) is not { } address)
        {
            return DeliveryOutcome.NoAddress;
        }

        var kind = delivery.Kind == AlertKind.Security ? NotificationKind.Security : NotificationKind.Money;
        try
        {
            await sender.SendAsync(
                new Notification(delivery.Id, kind, delivery.RecipientId, address, delivery.Subject, delivery.Body), ct);
            return DeliveryOutcome.Sent;
        }
        catch (SmtpCommandException exception) when ((int)exception.StatusCode >= FirstFinalReply
            && exception.ErrorCode is (SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted))
        {
            return DeliveryOutcome.Refused;
        }
    }
}
