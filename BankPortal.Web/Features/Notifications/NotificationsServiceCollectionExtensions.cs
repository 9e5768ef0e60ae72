using BankPortal.Infrastructure.Notifications;
using BankPortal.Web.Features.Notifications.Inbox;

namespace BankPortal.Web.Features.Notifications;

/// <summary>Registers the module Notifications.</summary>
internal static class NotificationsServiceCollectionExtensions
{
    /// <summary>Adds the notification centre, the sender of e-mails and, at start, a note where unsent messages can be read.</summary>
    public static IServiceCollection AddNotificationsFeature(this IServiceCollection services)
    {
        services.AddNotifications();
        services.AddNotificationCentre();
        services.AddHostedService<InboxFollowerWorker>();
        services.AddSingleton<IStartupNote, MailboxNote>();
        return services;
    }
}
