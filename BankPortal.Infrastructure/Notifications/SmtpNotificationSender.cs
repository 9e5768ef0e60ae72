using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using BankPortal.Core.Notifications;

namespace BankPortal.Infrastructure.Notifications;

/// <summary>Sends messages through an SMTP server. The id becomes the Message-ID, so that mail programs show a repeated message once.
/// Thread-safe.</summary>
internal sealed class SmtpNotificationSender(IOptions<NotificationOptions> options) : INotificationSender
{
    public async Task SendAsync(Notification notification, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(notification);
        var smtp = options.Value.Smtp;
        var from = new MailAddress(smtp.From, smtp.FromName, Encoding.UTF8);
        using var message = new MailMessage(from, new MailAddress(notification.To))
        {
            Subject = notification.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = notification.Body,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
            IsBodyHtml = false,
        };
        message.Headers.Add("Message-ID", $"<{notification.Id}@{from.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");

        using var client = new SmtpClient(smtp.Host, smtp.Port)
        {
            EnableSsl = smtp.Encrypt,
            DeliveryMethod = SmtpDeliveryMethod.Network,
        };
        if (!string.IsNullOrEmpty(smtp.User))
        {
            client.Credentials = new NetworkCredential(smtp.User, smtp.Password);
        }

        // The client's own timeout does not apply to asynchronous sending.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(smtp.Timeout);
        try
        {
            await client.SendMailAsync(message, limit.Token);
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"The mail server did not take the message within {smtp.Timeout}.", exception);
        }
    }
}
