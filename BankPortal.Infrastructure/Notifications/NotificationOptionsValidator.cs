using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Hosting;

namespace BankPortal.Infrastructure.Notifications;

/// <summary>Checks <see cref="NotificationOptions"/>.</summary>
internal sealed class NotificationOptionsValidator(IHostEnvironment environment) : IOptionsValidator<NotificationOptions>
{
    public void Check(NotificationOptions options, OptionsErrors errors)
    {
        const string Setting = nameof(NotificationOptions.Sender);
        switch (options.Sender)
        {
            case NotificationSenderKind.Unset:
                errors.Add(
                    Setting,
                    "must be chosen: Smtp (with Smtp:Host and Smtp:From), or None, which refuses registration and password resets");
                break;
            case NotificationSenderKind.Mailbox when !environment.IsDevelopment():
                errors.Add(
                    Setting, "cannot be Mailbox outside Development, because that shows every message to everybody; choose Smtp or None");
                break;
            case NotificationSenderKind.Smtp:
                Check(options.Smtp, errors);
                break;
            case NotificationSenderKind.None or NotificationSenderKind.Mailbox:
                break;
            default:
                errors.Add(Setting, "must be Smtp or None");
                break;
        }
    }

    private static void Check(SmtpOptions smtp, OptionsErrors errors)
    {
        errors.RequireText(smtp.Host, "Smtp:Host", "the mail server's name");
        errors.RequireRange(smtp.Port, 1, 65535, "Smtp:Port");
        errors.Require(MailAddress.TryCreate(smtp.From, out _), "Smtp:From", "must be an e-mail address");
        errors.Require(
            string.IsNullOrEmpty(smtp.User) == string.IsNullOrEmpty(smtp.Password), "Smtp:User", "and Smtp:Password go together");
        errors.Require(smtp.Encrypt || IsThisMachine(smtp.Host), "Smtp:Encrypt", "may be false only for a server on this machine");
        errors.RequireRange(smtp.Timeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(2), "Smtp:Timeout");
    }

    private static bool IsThisMachine(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
