using BankPortal.Core.Notifications;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace BankPortal.Infrastructure.Notifications;

/// <summary>Registers what delivers messages.</summary>
public static class NotificationServices
{
    /// <summary>Adds the sender that the section <c>Notifications</c> chooses, checked at start.</summary>
    public static IServiceCollection AddBankNotifications(this IServiceCollection services)
    {
        services.AddValidatedOptions<NotificationOptions, NotificationOptionsRules>(NotificationOptions.Section)
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
        services.AddSingleton<INotificationSender>(provider => provider.GetRequiredService<IOptions<NotificationOptions>>().Value.Sender switch
        {
            NotificationSenderKind.Mailbox => provider.GetRequiredService<DevelopmentMailbox>(),
            NotificationSenderKind.Smtp => provider.GetRequiredService<SmtpNotificationSender>(),
            _ => provider.GetRequiredService<NoNotificationSender>(),
        });
        return services;
    }
}
