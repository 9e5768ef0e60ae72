using System.Net;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;

namespace BankPortal.Infrastructure.Notifications;

/// <summary>Checks <see cref="NotificationOptions"/>.</summary>
internal sealed partial class NotificationOptionsValidator(IHostEnvironment environment) : IOptionsValidator<NotificationOptions>
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

        Check(options.Mode, options.Sns, errors);
    }

    private static void Check(NotificationMode mode, SnsOptions sns, OptionsErrors errors)
    {
        switch (mode)
        {
            case NotificationMode.Off:
                return;
            case NotificationMode.Endpoint:
                errors.Require(
                    sns.Endpoint is { IsAbsoluteUri: true, Scheme: "http" or "https" },
                    "Sns:Endpoint",
                    "must be an http or https address in mode Endpoint, for example http://localhost:4002");
                break;
            case NotificationMode.Aws:
                errors.Require(sns.Region is not null, "Sns:Region", "must name an AWS region in mode Aws, for example eu-central-1");
                errors.Require(sns.Endpoint is null, "Sns:Endpoint", "must not be set in mode Aws: use mode Endpoint, or remove it");
                errors.Require(
                    string.IsNullOrEmpty(sns.AccessKey) && string.IsNullOrEmpty(sns.SecretKey),
                    "Sns:AccessKey",
                    "must not be set in mode Aws, which uses the credentials of the environment");
                break;
            default:
                errors.Add(nameof(NotificationOptions.Mode), "must be one of Off, Endpoint, Aws");
                return;
        }

        errors.Require(
            sns.Region is null || RegionPattern().IsMatch(sns.Region), "Sns:Region", "is not a region such as eu-central-1");
        errors.Require(
            string.IsNullOrEmpty(sns.AccessKey) == string.IsNullOrEmpty(sns.SecretKey),
            "Sns:AccessKey",
            "and Sns:SecretKey go together");
        errors.Require(
            PrefixPattern().IsMatch(sns.TopicPrefix), "Sns:TopicPrefix", "must be 1 to 100 letters, digits, '_' or '-'");
        CheckTopic(sns.FraudTopic, nameof(sns.FraudTopic));
        CheckTopic(sns.ComplianceTopic, nameof(sns.ComplianceTopic));
        CheckTopic(sns.OperationsTopic, nameof(sns.OperationsTopic));

        void CheckTopic(string? topic, string setting) => errors.Require(
            topic is null || TopicPattern().IsMatch(topic), "Sns:" + setting, "must be the ARN of a topic, such as arn:aws:sns:eu-central-1:123456789012:fraud");
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

    [GeneratedRegex("^[A-Za-z0-9_-]{1,100}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PrefixPattern();

    [GeneratedRegex(
        "^[a-z]{2}(-[a-z]+)+-[0-9]+$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex RegionPattern();

    [GeneratedRegex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]+:[A-Za-z0-9_.-]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TopicPattern();
}
