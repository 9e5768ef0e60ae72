using BankPortal.Core.Notifications;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace BankPortal.Infrastructure.Notifications;

/// <summary>
/// Sends messages through a mail server (SMTP submission, RFC 6409). The message's id becomes its Message-ID, so that mail
/// programs show a repeated message once.
/// </summary>
internal sealed class SmtpNotificationSender(IOptions<NotificationOptions> options) : INotificationSender
{
    public async Task SendAsync(Notification notification, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(notification);
        var smtp = options.Value.Smtp;
        using var message = Write(notification, smtp);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(smtp.Timeout);
        try
        {
            using var client = new SmtpClient();
            var encryption = smtp.Encrypt ? SecureSocketOptions.StartTls : SecureSocketOptions.None;
            await client.ConnectAsync(smtp.Host, smtp.Port, encryption, limit.Token);
            if (!string.IsNullOrEmpty(smtp.User))
            {
                await client.AuthenticateAsync(smtp.User, smtp.Password ?? "", limit.Token);
            }

            await client.SendAsync(message, limit.Token);
            await client.DisconnectAsync(quit: true, limit.Token);
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"The mail server did not accept the message within {smtp.Timeout}.", exception);
        }
    }

    private static MimeMessage Write(Notification notification, SmtpOptions smtp)
    {
        var from = new MailboxAddress(smtp.FromName, smtp.From);
        var message = new MimeMessage
        {
            Subject = notification.Subject,
            MessageId = $"{notification.Id}@{from.Domain}",
            Body = new TextPart("plain") { Text = notification.Body, ContentTransferEncoding = ContentEncoding.QuotedPrintable },
        };
        message.From.Add(from);
        message.To.Add(MailboxAddress.Parse(notification.To));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }
}
