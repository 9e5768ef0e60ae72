using Amazon;
using Amazon.Runtime;
using BankPortal.Infrastructure.Notifications.Sns;

namespace BankPortal.Infrastructure.Notifications.Topics;

/// <summary>Creates the client of SNS that the settings choose.</summary>
internal static class SnsClients
{
    // The queue of messages tries again too, with longer pauses.
    private const int Retries = 2;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Creates the client.</summary>
    /// <exception cref="InvalidOperationException">The mode is Off.</exception>
    public static IAmazonSimpleNotificationService Create(NotificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var config = new AmazonSimpleNotificationServiceConfig { MaxErrorRetry = Retries, Timeout = Timeout };
        switch (options.Mode)
        {
            case NotificationMode.Aws:
                config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Sns.Region);
                return new AmazonSimpleNotificationServiceClient(config);
            case NotificationMode.Endpoint:
                config.ServiceURL = options.Sns.Endpoint!.AbsoluteUri;
                config.AuthenticationRegion = options.Sns.Region ?? "us-east-1";
                return new AmazonSimpleNotificationServiceClient(
                    new BasicAWSCredentials(options.Sns.AccessKey ?? "local", options.Sns.SecretKey ?? "local"), config);
            default:
                throw new InvalidOperationException("Notifications:Mode is Off.");
        }
    }
}
