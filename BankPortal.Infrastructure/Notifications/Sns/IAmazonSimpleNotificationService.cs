namespace BankPortal.Infrastructure.Notifications.Sns;

/// <summary>
/// The operations of Amazon Simple Notification Service that the bank uses, with the names and shapes of the official .NET client
/// (AWSSDK.SimpleNotificationService), so that it can take this one's place. Thread-safe. Every operation can throw
/// <see cref="AmazonSimpleNotificationServiceException"/> (a refusal or a fault of the service) after the SDK's retries.
/// </summary>
public interface IAmazonSimpleNotificationService : IDisposable
{
    /// <summary>Creates a topic, or finds the one of that name.</summary>
    Task<CreateTopicResponse> CreateTopicAsync(CreateTopicRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes a topic with its subscriptions. Deleting one that is gone succeeds.</summary>
    Task<DeleteTopicResponse> DeleteTopicAsync(DeleteTopicRequest request, CancellationToken cancellationToken = default);

    /// <summary>Subscribes an address to a topic. E-mail and HTTP endpoints have to confirm before anything is delivered.</summary>
    Task<SubscribeResponse> SubscribeAsync(SubscribeRequest request, CancellationToken cancellationToken = default);

    /// <summary>Confirms a subscription with the token that its endpoint received.</summary>
    Task<ConfirmSubscriptionResponse> ConfirmSubscriptionAsync(
        ConfirmSubscriptionRequest request, CancellationToken cancellationToken = default);

    /// <summary>Ends a subscription.</summary>
    Task<UnsubscribeResponse> UnsubscribeAsync(UnsubscribeRequest request, CancellationToken cancellationToken = default);

    /// <summary>Sends a message to a topic or a phone number.</summary>
    Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default);

    /// <summary>Sends up to ten messages to a topic. Each has a result of its own: some may fail while others are sent.</summary>
    Task<PublishBatchResponse> PublishBatchAsync(PublishBatchRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads a subscription's attributes, among them <c>PendingConfirmation</c>.</summary>
    Task<GetSubscriptionAttributesResponse> GetSubscriptionAttributesAsync(
        GetSubscriptionAttributesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Sets one attribute of a subscription, for example <c>FilterPolicy</c>.</summary>
    Task<SetSubscriptionAttributesResponse> SetSubscriptionAttributesAsync(
        SetSubscriptionAttributesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the subscriptions of a topic, up to a hundred a page.</summary>
    Task<ListSubscriptionsByTopicResponse> ListSubscriptionsByTopicAsync(
        ListSubscriptionsByTopicRequest request, CancellationToken cancellationToken = default);
}
