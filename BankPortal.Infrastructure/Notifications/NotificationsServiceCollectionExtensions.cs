using BankPortal.Core.Notifications;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace BankPortal.Infrastructure.Notifications;

/// <summary>Registers the module Notifications.</summary>
public static class NotificationsServiceCollectionExtensions
{
    /// <summary>Adds the sender of messages that the section <c>Notifications</c> chooses.</summary>
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
}
