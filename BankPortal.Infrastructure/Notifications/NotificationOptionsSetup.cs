using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BankPortal.Infrastructure.Notifications;

/// <summary>Fills in the sender of Development and finds every mistake at once.</summary>
internal sealed class NotificationOptionsSetup(IHostEnvironment environment)
    : IPostConfigureOptions<NotificationOptions>, IValidateOptions<NotificationOptions>
{
    public void PostConfigure(string? name, NotificationOptions options)
    {
        if (options.Sender == NotificationSenderKind.Unset && environment.IsDevelopment())
        {
            options.Sender = NotificationSenderKind.Mailbox;
        }
    }

    public ValidateOptionsResult Validate(string? name, NotificationOptions options)
    {
        var mistakes = new List<string>();
        switch (options.Sender)
        {
            case NotificationSenderKind.Unset:
                mistakes.Add("Notifications:Sender must be chosen: Smtp (with Notifications:Smtp:Host and :From), or None, which refuses registration and password resets.");
                break;
            case NotificationSenderKind.Mailbox when !environment.IsDevelopment():
                mistakes.Add("Notifications:Sender: the development mailbox shows every message to everybody, so it works in Development only. Choose Smtp or None.");
                break;
            case NotificationSenderKind.Smtp:
                Check(options.Smtp, mistakes);
                break;
            case NotificationSenderKind.None or NotificationSenderKind.Mailbox:
                break;
            default:
                mistakes.Add($"Notifications:Sender: {options.Sender} is not known. Choose Smtp or None.");
                break;
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static void Check(SmtpOptions smtp, List<string> mistakes)
    {
        if (string.IsNullOrWhiteSpace(smtp.Host))
        {
            mistakes.Add("Notifications:Smtp:Host is missing.");
        }

        if (smtp.Port is < 1 or > 65535)
        {
            mistakes.Add("Notifications:Smtp:Port must be from 1 to 65535.");
        }

        if (!MailAddress.TryCreate(smtp.From, out _))
        {
            mistakes.Add("Notifications:Smtp:From must be an e-mail address.");
        }

        if (string.IsNullOrEmpty(smtp.User) != string.IsNullOrEmpty(smtp.Password))
        {
            mistakes.Add("Notifications:Smtp:User and :Password go together.");
        }

        if (!smtp.Encrypt && !IsThisMachine(smtp.Host))
        {
            mistakes.Add("Notifications:Smtp:Encrypt may be false only for a server on this machine.");
        }

        if (smtp.Timeout <= TimeSpan.Zero || smtp.Timeout > TimeSpan.FromMinutes(2))
        {
            mistakes.Add("Notifications:Smtp:Timeout must be more than zero and two minutes at most.");
        }
    }

    private static bool IsThisMachine(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
