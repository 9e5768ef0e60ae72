using System.Text;
using System.Text.Json;
using BankPortal.Core.Notifications.Contacts;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Infrastructure.Notifications.Sns;

namespace BankPortal.Infrastructure.Notifications.Topics;

/// <summary>
/// The bank's topics at SNS: one for each person who has an address, and those of staff. Names are derived, so that two nodes that make
/// a topic at once make the same one, and reveal nothing. A subscription's filter policy lets only messages of its channel through.
/// Thread-safe.
/// </summary>
/// <param name="client">Gives the client; called only when the mode is not Off.</param>
/// <param name="options">The settings.</param>
internal sealed class SnsTopics(Func<IAmazonSimpleNotificationService> client, IOptions<NotificationOptions> options) : IContactTopics
{
    private const string EmailProtocol = "email";
    private const string SmsProtocol = "sms";
    private const int MaxSubject = 100;

    // What stands for the ARN of a subscription that nobody has confirmed, and of one that has ended a while ago.
    private const string Pending = "PendingConfirmation";
    private const string Deleted = "Deleted";

    // Messages must arrive; SNS's other type is cheaper and may be late.
    private static readonly MessageAttributeValue Transactional = Text("Transactional");

    private readonly NotificationOptions _options = options.Value;

    /// <inheritdoc/>
    public ImmutableArray<DeliveryChannel> Offered =>
        _options.Mode == NotificationMode.Off ? []
        : _options.CanSend ? [DeliveryChannel.Sms]
        : [DeliveryChannel.Email, DeliveryChannel.Sms];

    /// <inheritdoc/>
    public async Task<(string TopicId, ContactState State)?> SubscribeAsync(
        string personId, DeliveryChannel channel, string address, CancellationToken ct = default)
    {
        var topic = await CreateAsync(NameOf(personId), ct);
        string? subscription;
        try
        {
            var response = await client().SubscribeAsync(
                new SubscribeRequest
                {
                    TopicArn = topic,
                    Protocol = ProtocolOf(channel),
                    Endpoint = address,
                    Attributes = { ["FilterPolicy"] = JsonSerializer.Serialize(new { channel = new[] { channel.ToString() } }) },
                },
                ct);
            subscription = response.SubscriptionArn;
        }
        catch (AmazonSimpleNotificationServiceException exception) when (IsFinal(exception))
        {
            return null;
        }

        await EndAsync(topic, channel, except: address, ct);
        return (topic, IsArn(subscription) ? ContactState.Confirmed : ContactState.Pending);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<DeliveryChannel, ContactState>?> ReadAsync(
        string topicId, ImmutableArray<ContactPoint> contacts, CancellationToken ct = default)
    {
        try
        {
            var subscriptions = await ListAsync(topicId, ct);
            var states = new Dictionary<DeliveryChannel, ContactState>();
            foreach (var subscription in subscriptions)
            {
                if (contacts.FirstOrDefault(contact => IsOf(subscription, contact.Channel)) is not { } contact)
                {
                    continue;
                }

                if (!IsAddress(subscription, contact.Address))
                {
                    await EndAsync(subscription, ct);
                }
                else if (subscription.SubscriptionArn != Deleted)
                {
                    states[contact.Channel] = IsArn(subscription.SubscriptionArn) ? ContactState.Confirmed : ContactState.Pending;
                }
            }

            return states;
        }
        catch (NotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task UnsubscribeAsync(string topicId, DeliveryChannel channel, CancellationToken ct = default)
    {
        try
        {
            await EndAsync(topicId, channel, except: null, ct);
        }
        catch (NotFoundException)
        {
            // Without a topic there are no subscriptions.
        }
    }

    /// <inheritdoc/>
    public async Task<bool> SendTextAsync(string number, string text, CancellationToken ct = default)
    {
        try
        {
            await client().PublishAsync(
                new PublishRequest
                {
                    PhoneNumber = number,
                    Message = text,
                    MessageAttributes = { ["AWS.SNS.SMS.SMSType"] = Transactional },
                },
                ct);
            return true;
        }
        catch (AmazonSimpleNotificationServiceException exception) when (IsFinal(exception))
        {
            return false;
        }
    }

    /// <summary>Makes a topic, or finds the one of that name.</summary>
    /// <param name="name">The name behind the prefix.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>The ARN.</returns>
    public async Task<string> CreateAsync(string name, CancellationToken ct)
    {
        var response = await client().CreateTopicAsync(
            new CreateTopicRequest { Name = _options.Sns.TopicPrefix + name, Attributes = { ["DisplayName"] = "BankPortal" } }, ct);
        return response.TopicArn ?? throw new InvalidOperationException("SNS gave no name for the topic.");
    }

    /// <summary>Publishes a delivery to a topic.</summary>
    /// <exception cref="NotFoundException">The topic does not exist.</exception>
    /// <returns>Whether SNS has taken it; <see langword="false"/> when it refuses the message or the address for good.</returns>
    public async Task<bool> PublishAsync(string topicId, Delivery delivery, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var request = new PublishRequest
        {
            TopicArn = topicId,
            Subject = SubjectOf(delivery.Subject),
            MessageStructure = "json",
            Message = JsonSerializer.Serialize(new { @default = delivery.Body, email = delivery.Body, sms = delivery.Short }),
            MessageAttributes =
            {
                ["kind"] = Text(delivery.Kind.ToString()),
                ["channel"] = Text(delivery.Channel.ToString()),
                ["id"] = Text(delivery.Id),
            },
        };
        if (delivery.Channel == DeliveryChannel.Sms)
        {
            request.MessageAttributes["AWS.SNS.SMS.SMSType"] = Transactional;
        }

        try
        {
            await client().PublishAsync(request, ct);
            return true;
        }
        catch (AmazonSimpleNotificationServiceException exception) when (IsFinal(exception))
        {
            return false;
        }
    }

    /// <summary>The name of a person's topic behind the prefix.</summary>
    public static string NameOf(string personId) => "person-" + DerivedId.From("sns-topic", personId);

    // SNS wants ASCII without control characters.
    internal static string SubjectOf(string text)
    {
        var subject = new StringBuilder();
        foreach (var letter in text.Replace("…", "...", StringComparison.Ordinal).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Surrogate))
            {
                subject.Append(letter is >= ' ' and <= '~' ? letter : '?');
            }
        }

        return subject.Length > MaxSubject ? subject.ToString(0, MaxSubject) : subject.ToString();
    }

    private static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = value };

    private static string ProtocolOf(DeliveryChannel channel) => channel == DeliveryChannel.Sms ? SmsProtocol : EmailProtocol;

    private static bool IsArn(string? arn) => arn?.StartsWith("arn:", StringComparison.Ordinal) == true;

    private static bool IsOf(Subscription subscription, DeliveryChannel channel) => subscription.Protocol == ProtocolOf(channel);

    private static bool IsAddress(Subscription subscription, string? address) =>
        string.Equals(subscription.Endpoint, address, StringComparison.OrdinalIgnoreCase);

    // Refusals that trying again cannot change.
    private static bool IsFinal(AmazonSimpleNotificationServiceException exception) =>
        exception is InvalidParameterException or EndpointDisabledException or OptedOutException;

    private async Task<List<Subscription>> ListAsync(string topicId, CancellationToken ct)
    {
        var all = new List<Subscription>();
        string? next = null;
        do
        {
            var page = await client().ListSubscriptionsByTopicAsync(
                new ListSubscriptionsByTopicRequest { TopicArn = topicId, NextToken = next }, ct);
            all.AddRange(page.Subscriptions);
            next = page.NextToken;
        }
        while (next is not null);

        return all;
    }

    private async Task EndAsync(string topicId, DeliveryChannel channel, string? except, CancellationToken ct)
    {
        foreach (var subscription in await ListAsync(topicId, ct))
        {
            if (IsOf(subscription, channel) && !(except is not null && IsAddress(subscription, except)))
            {
                await EndAsync(subscription, ct);
            }
        }
    }

    // One that waits for its confirmation has no ARN yet and cannot be ended; it is found and ended once it is confirmed.
    private async Task EndAsync(Subscription subscription, CancellationToken ct)
    {
        if (subscription.SubscriptionArn is not (null or Pending or Deleted))
        {
            await client().UnsubscribeAsync(new UnsubscribeRequest { SubscriptionArn = subscription.SubscriptionArn }, ct);
        }
    }
}
