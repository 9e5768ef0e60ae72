using Amazon.Runtime;

namespace BankPortal.Infrastructure.Notifications.Sns;

/// <summary>The base of all responses: takes the elements of the answer one by one.</summary>
public abstract class AmazonSimpleNotificationServiceResponse : AmazonWebServiceResponse
{
    /// <summary>Takes an element of the answer.</summary>
    /// <param name="name">The element's name.</param>
    /// <param name="text">Reads its text; only elements without children have one.</param>
    internal virtual void Take(string name, Func<string> text)
    {
    }
}

/// <summary>A topic.</summary>
public sealed class CreateTopicResponse : AmazonSimpleNotificationServiceResponse
{
    /// <summary>The topic's ARN.</summary>
    public string? TopicArn { get; set; }

    internal override void Take(string name, Func<string> text) => TopicArn = name == "TopicArn" ? text() : TopicArn;
}

/// <summary>The topic is gone.</summary>
public sealed class DeleteTopicResponse : AmazonSimpleNotificationServiceResponse;

/// <summary>A new subscription.</summary>
public sealed class SubscribeResponse : AmazonSimpleNotificationServiceResponse
{
    /// <summary>Its ARN; <c>pending confirmation</c> until confirmed, unless asked for at once.</summary>
    public string? SubscriptionArn { get; set; }

    internal override void Take(string name, Func<string> text) => SubscriptionArn = name == "SubscriptionArn" ? text() : SubscriptionArn;
}

/// <summary>A confirmed subscription.</summary>
public sealed class ConfirmSubscriptionResponse : AmazonSimpleNotificationServiceResponse
{
    /// <summary>Its ARN.</summary>
    public string? SubscriptionArn { get; set; }

    internal override void Take(string name, Func<string> text) => SubscriptionArn = name == "SubscriptionArn" ? text() : SubscriptionArn;
}

/// <summary>The subscription is gone.</summary>
public sealed class UnsubscribeResponse : AmazonSimpleNotificationServiceResponse;

/// <summary>A message that the service has taken.</summary>
public sealed class PublishResponse : AmazonSimpleNotificationServiceResponse
{
    /// <summary>Identifies the message.</summary>
    public string? MessageId { get; set; }

    /// <summary>For FIFO topics: its place in the order.</summary>
    public string? SequenceNumber { get; set; }

    internal override void Take(string name, Func<string> text)
    {
        switch (name)
        {
            case "MessageId":
                MessageId = text();
                break;
            case "SequenceNumber":
                SequenceNumber = text();
                break;
        }
    }
}

/// <summary>What became of each message of a batch.</summary>
public sealed class PublishBatchResponse : AmazonSimpleNotificationServiceResponse
{
    private bool _isFailed;

    /// <summary>The messages that the service has taken.</summary>
    public List<PublishBatchResultEntry> Successful { get; set; } = [];

    /// <summary>The messages that it has not taken.</summary>
    public List<BatchResultErrorEntry> Failed { get; set; } = [];

    internal override void Take(string name, Func<string> text)
    {
        switch (name, _isFailed)
        {
            case ("Successful", _):
                _isFailed = false;
                break;
            case ("Failed", _):
                _isFailed = true;
                break;
            case ("member", false):
                Successful.Add(new PublishBatchResultEntry());
                break;
            case ("member", true):
                Failed.Add(new BatchResultErrorEntry());
                break;
            case ("Id", false):
                Successful[^1].Id = text();
                break;
            case ("MessageId", false):
                Successful[^1].MessageId = text();
                break;
            case ("SequenceNumber", false):
                Successful[^1].SequenceNumber = text();
                break;
            case ("Id", true):
                Failed[^1].Id = text();
                break;
            case ("Code", true):
                Failed[^1].Code = text();
                break;
            case ("Message", true):
                Failed[^1].Message = text();
                break;
            case ("SenderFault", true):
                Failed[^1].SenderFault = text() == "true";
                break;
        }
    }
}

/// <summary>A message of a batch that the service has taken.</summary>
public sealed class PublishBatchResultEntry
{
    /// <summary>The id within the batch.</summary>
    public string? Id { get; set; }

    /// <inheritdoc cref="PublishResponse.MessageId"/>
    public string? MessageId { get; set; }

    /// <inheritdoc cref="PublishResponse.SequenceNumber"/>
    public string? SequenceNumber { get; set; }
}

/// <summary>A message of a batch that the service has not taken.</summary>
public sealed class BatchResultErrorEntry
{
    /// <summary>The id within the batch.</summary>
    public string? Id { get; set; }

    /// <summary>The error's code.</summary>
    public string? Code { get; set; }

    /// <summary>The error in words.</summary>
    public string? Message { get; set; }

    /// <summary>Whether the message is at fault, so that sending it again fails again.</summary>
    public bool? SenderFault { get; set; }
}

/// <summary>A subscription's attributes.</summary>
public sealed class GetSubscriptionAttributesResponse : AmazonSimpleNotificationServiceResponse
{
    private string _key = "";

    /// <summary>The attributes by name; <c>PendingConfirmation</c> is "true" until the endpoint has confirmed.</summary>
    public Dictionary<string, string> Attributes { get; set; } = new(StringComparer.Ordinal);

    internal override void Take(string name, Func<string> text)
    {
        switch (name)
        {
            case "key":
                _key = text();
                break;
            case "value":
                Attributes[_key] = text();
                break;
        }
    }
}

/// <summary>The attribute is set.</summary>
public sealed class SetSubscriptionAttributesResponse : AmazonSimpleNotificationServiceResponse;

/// <summary>A page of subscriptions.</summary>
public sealed class ListSubscriptionsByTopicResponse : AmazonSimpleNotificationServiceResponse
{
    /// <summary>The subscriptions.</summary>
    public List<Subscription> Subscriptions { get; set; } = [];

    /// <summary>Where the next page begins; <see langword="null"/> on the last one.</summary>
    public string? NextToken { get; set; }

    internal override void Take(string name, Func<string> text)
    {
        switch (name)
        {
            case "member":
                Subscriptions.Add(new Subscription());
                break;
            case "NextToken":
                NextToken = text() is { Length: > 0 } token ? token : null;
                break;
            case "SubscriptionArn":
                Subscriptions[^1].SubscriptionArn = text();
                break;
            case "Protocol":
                Subscriptions[^1].Protocol = text();
                break;
            case "Endpoint":
                Subscriptions[^1].Endpoint = text();
                break;
            case "Owner":
                Subscriptions[^1].Owner = text();
                break;
            case "TopicArn":
                Subscriptions[^1].TopicArn = text();
                break;
        }
    }
}

/// <summary>A subscription to a topic.</summary>
public sealed class Subscription
{
    /// <summary>Its ARN; <c>PendingConfirmation</c> until the endpoint has confirmed.</summary>
    public string? SubscriptionArn { get; set; }

    /// <summary>The protocol.</summary>
    public string? Protocol { get; set; }

    /// <summary>The address.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The AWS account that owns it.</summary>
    public string? Owner { get; set; }

    /// <summary>The topic.</summary>
    public string? TopicArn { get; set; }
}
