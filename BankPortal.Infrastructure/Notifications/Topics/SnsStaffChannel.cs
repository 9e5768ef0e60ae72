using System.Collections.Concurrent;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Infrastructure.Notifications.Sns;

namespace BankPortal.Infrastructure.Notifications.Topics;

/// <summary>Sends messages to the topics of staff: those of the configuration, otherwise made by name when first needed.
/// Thread-safe.</summary>
/// <param name="topics">The topics.</param>
/// <param name="options">The settings.</param>
internal sealed class SnsStaffChannel(SnsTopics topics, IOptions<NotificationOptions> options) : IDeliveryChannel
{
    private readonly NotificationOptions _options = options.Value;
    private readonly ConcurrentDictionary<string, string> _made = new(StringComparer.Ordinal);

    public DeliveryChannel Channel => DeliveryChannel.StaffTopic;

    public bool IsAvailable => _options.Mode != NotificationMode.Off;

    public async Task<DeliveryOutcome> SendAsync(Delivery delivery, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        try
        {
            return Outcome(await topics.PublishAsync(await TopicOfAsync(delivery.RecipientId, ct), delivery, ct));
        }
        catch (NotFoundException) when (_made.TryRemove(delivery.RecipientId, out _))
        {
            // Deleted at SNS: made again. Whoever subscribed to it has to do so again. A topic of the configuration is the operator's.
            return Outcome(await topics.PublishAsync(await TopicOfAsync(delivery.RecipientId, ct), delivery, ct));
        }
    }

    private static DeliveryOutcome Outcome(bool isTaken) => isTaken ? DeliveryOutcome.Sent : DeliveryOutcome.Refused;

    private async Task<string> TopicOfAsync(string recipientId, CancellationToken ct)
    {
        if (ConfiguredOf(recipientId) is { Length: > 0 } configured)
        {
            return configured;
        }

        return _made.TryGetValue(recipientId, out var made)
            ? made
            : _made[recipientId] = await topics.CreateAsync("staff-" + StaffTopics.NameOf(recipientId), ct);
    }

    private string? ConfiguredOf(string recipientId) => recipientId switch
    {
        StaffTopics.Fraud => _options.Sns.FraudTopic,
        StaffTopics.Compliance => _options.Sns.ComplianceTopic,
        StaffTopics.Operations => _options.Sns.OperationsTopic,
        _ => throw new ArgumentOutOfRangeException(nameof(recipientId), recipientId, "There is no such topic."),
    };
}
