using BankPortal.Infrastructure.Notifications;

namespace BankPortal.Web.Features.Notifications;

/// <summary>Shows the messages that were not sent because this is Development. Elsewhere there is no such page.</summary>
public sealed partial class DevMailbox : ComponentBase
{
    private IReadOnlyList<MailboxMessage>? _messages;

    [Inject] public required IHostEnvironment Environment { get; init; }

    [Inject] public required IOptions<NotificationOptions> Options { get; init; }

    [Inject] public required DevelopmentMailbox Mailbox { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    /// <summary>Shows messages to this address only.</summary>
    [SupplyParameterFromQuery(Name = "to")] public string? To { get; set; }

    private string Here => string.IsNullOrEmpty(To) ? "/dev/mailbox" : $"/dev/mailbox?to={Uri.EscapeDataString(To)}";

    protected override void OnInitialized()
    {
        if (!Environment.IsDevelopment() || Options.Value.Sender != NotificationSenderKind.Mailbox)
        {
            Navigation.NotFound();
            return;
        }

        _messages = string.IsNullOrEmpty(To) ? Mailbox.Messages : Mailbox.For(To);
    }
}
