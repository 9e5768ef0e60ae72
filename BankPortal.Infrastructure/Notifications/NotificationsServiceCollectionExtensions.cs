using BankPortal.Core.Notifications;
using BankPortal.Core.Notifications.Contacts;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Core.Notifications.Preferences;
using BankPortal.Infrastructure.Dynamo.Events;
using BankPortal.Infrastructure.Dynamo.Jobs;
using BankPortal.Infrastructure.Notifications.Contacts;
using BankPortal.Infrastructure.Notifications.Inbox;
using BankPortal.Infrastructure.Notifications.Preferences;
using BankPortal.Infrastructure.Notifications.Sns;
using BankPortal.Infrastructure.Notifications.Topics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace BankPortal.Infrastructure.Notifications;

/// <summary>Registers the module Notifications.</summary>
public static class NotificationsServiceCollectionExtensions
{
    /// <summary>Adds the sender of e-mails that the section <c>Notifications</c> chooses.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddValidatedOptions<NotificationOptions, NotificationOptionsValidator>(NotificationOptions.Section)
            .PostConfigure<IHostEnvironment>(static (options, environment) =>
            {
                if (options.Sender == NotificationSenderKind.Unset && environment.IsDevelopment())
                {
                    options.Sender = NotificationSenderKind.Mailbox;
                }
            });
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DevelopmentMailbox>();
        services.AddSingleton<SmtpNotificationSender>();
        services.AddSingleton<NoNotificationSender>();
        services.AddSingleton<INotificationSender>(provider =>
            provider.GetRequiredService<IOptions<NotificationOptions>>().Value.Sender switch
            {
                NotificationSenderKind.Mailbox => provider.GetRequiredService<DevelopmentMailbox>(),
                NotificationSenderKind.Smtp => provider.GetRequiredService<SmtpNotificationSender>(),
                _ => provider.GetRequiredService<NoNotificationSender>(),
            }
        );
        return services;
    }

    /// <summary>
    /// Adds the notification centre and the job that turns events into messages. Needs a <c>DynamoDatabase</c>, an
    /// <c>IFieldProtector</c>, the ledger and an <c>IStaffDirectory</c>.
    /// </summary>
    public static IServiceCollection AddNotificationCentre(this IServiceCollection services)
    {
        services.AddEvents();
        services.AddSingleton<MessageRules>();
        services.AddSingleton<MessageWriter>();
        services.AddSingleton<IInboxStore, DynamoInboxStore>();
        services.AddSingleton<InboxFeed>();
        services.AddSingleton<IInboxNotices, DynamoInboxNotices>();
        services.AddSingleton<InboxFollower>();
        services.AddSingleton<InboxService>();
        services.AddSingleton<SetAsideEvents>();
        services.AddSingleton<NotificationDispatcher>();
        services.AddBankJob<NotificationJob>();
        AddDelivery(services);
        return services;
    }

    private static void AddDelivery(IServiceCollection services)
    {
        services.AddSingleton<INotificationPreferencesStore, DynamoNotificationPreferencesStore>();
        services.AddSingleton<NotificationPreferencesService>();
        services.AddSingleton<DynamoDeliveryOutbox>();
        services.AddSingleton<IDeliveryOutbox>(static provider => provider.GetRequiredService<DynamoDeliveryOutbox>());
        AddTopics(services);
        services.TryAddSingleton(new PortalLinks(null));
        services.AddSingleton<DeliveryPlan>();
        services.AddSingleton<DeliveryText>();
        services.AddSingleton<DeliveryDispatcher>();
        services.AddBankJob<DeliveryJob>();
    }

    // There is one channel of each kind: e-mails go by SNS only where there is no sender.
    private static void AddTopics(IServiceCollection services)
    {
        services.AddSingleton(static provider => SnsClients.Create(provider.GetRequiredService<IOptions<NotificationOptions>>().Value));
        services.AddSingleton(static provider => new SnsTopics(
            provider.GetRequiredService<IAmazonSimpleNotificationService>,
            provider.GetRequiredService<IOptions<NotificationOptions>>()));
        services.AddSingleton<IContactTopics>(static provider => provider.GetRequiredService<SnsTopics>());
        services.AddSingleton<IContactStore, DynamoContactStore>();
        services.AddSingleton<ContactKeeper>();
        services.AddSingleton<ContactService>();
        services.AddSingleton<EmailChannel>();
        services.AddSingleton<IDeliveryChannel>(static provider =>
            provider.GetRequiredService<IContactTopics>().Offered.Contains(DeliveryChannel.Email)
                ? New(provider, DeliveryChannel.Email)
                : provider.GetRequiredService<EmailChannel>());
        services.AddSingleton<IDeliveryChannel>(static provider => New(provider, DeliveryChannel.Sms));
        services.AddSingleton<IDeliveryChannel, SnsStaffChannel>();

        static SnsChannel New(IServiceProvider provider, DeliveryChannel channel) =>
            ActivatorUtilities.CreateInstance<SnsChannel>(provider, channel);
    }
}
