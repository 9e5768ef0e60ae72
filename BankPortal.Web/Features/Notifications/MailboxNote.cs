using BankPortal.Infrastructure.Notifications;

namespace BankPortal.Web.Features.Notifications;

/// <summary>Says at start where the messages can be read that are not sent.</summary>
internal sealed class MailboxNote(IOptions<NotificationOptions> options) : IStartupNote
{
    public IEnumerable<string> Lines() =>
        options.Value.Sender == NotificationSenderKind.Mailbox ? ["E-mail is not sent in Development; read it at /dev/mailbox"] : [];
}
