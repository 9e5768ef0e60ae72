using BankPortal.Core.Notifications;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Core.Notifications.Preferences;
using BankPortal.Infrastructure.Dynamo.Events;
using BankPortal.Infrastructure.Dynamo.Jobs;
using BankPortal.Infrastructure.Notifications.Inbox;
using BankPortal.Infrastructure.Notifications.Preferences;
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
        services.AddSingleton<IDeliveryChannel, EmailChannel>();
        services.TryAddSingleton(new PortalLinks(null));
        services.AddSingleton<DeliveryPlan>();
        services.AddSingleton<DeliveryText>();
        services.AddSingleton<DeliveryDispatcher>();
        services.AddBankJob<DeliveryJob>();
    }
}
