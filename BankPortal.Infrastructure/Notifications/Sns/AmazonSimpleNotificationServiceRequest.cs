using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace BankPortal.Infrastructure.Notifications.Sns;

/// <summary>The base of all requests: knows the operation's name and how its fields are written in the query protocol.</summary>
public abstract class AmazonSimpleNotificationServiceRequest : AmazonWebServiceRequest
{
    internal abstract string Action { get; }

    internal abstract void Write(SnsFields fields);
}

/// <summary>Creates a topic, or finds the one of that name.</summary>
public sealed class CreateTopicRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>1 to 256 letters, digits, hyphens and underscores.</summary>
    public string? Name { get; set; }

    /// <summary>Attributes such as <c>DisplayName</c> and <c>KmsMasterKeyId</c>.</summary>
    public Dictionary<string, string> Attributes { get; set; } = new(StringComparer.Ordinal);

    internal override string Action => "CreateTopic";

    internal override void Write(SnsFields fields) => fields.Set("Name", Name).SetMap("Attributes", Attributes);
}

/// <summary>Deletes a topic.</summary>
public sealed class DeleteTopicRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>The topic.</summary>
    public string? TopicArn { get; set; }

    internal override string Action => "DeleteTopic";

    internal override void Write(SnsFields fields) => fields.Set("TopicArn", TopicArn);
}

/// <summary>Subscribes an address to a topic.</summary>
public sealed class SubscribeRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>The topic.</summary>
    public string? TopicArn { get; set; }

    /// <summary><c>email</c>, <c>sms</c>, <c>http</c>, <c>https</c>, <c>sqs</c>, …</summary>
    public string? Protocol { get; set; }

    /// <summary>The address, in the form of the protocol.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Attributes such as <c>FilterPolicy</c> and <c>RawMessageDelivery</c>.</summary>
    public Dictionary<string, string> Attributes { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Whether the ARN is wanted before the subscription is confirmed.</summary>
    public bool? ReturnSubscriptionArn { get; set; }

    internal override string Action => "Subscribe";

    internal override void Write(SnsFields fields) => fields
        .Set("TopicArn", TopicArn)
        .Set("Protocol", Protocol)
        .Set("Endpoint", Endpoint)
        .Set("ReturnSubscriptionArn", ReturnSubscriptionArn)
        .SetMap("Attributes", Attributes);
}

/// <summary>Confirms a subscription.</summary>
public sealed class ConfirmSubscriptionRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>The topic.</summary>
    public string? TopicArn { get; set; }

    /// <summary>The token that the endpoint received.</summary>
    public string? Token { get; set; }

    /// <summary>"true" when only the topic's owner and the subscriber may end it.</summary>
    public string? AuthenticateOnUnsubscribe { get; set; }

    internal override string Action => "ConfirmSubscription";

    internal override void Write(SnsFields fields) => fields
        .Set("TopicArn", TopicArn)
        .Set("Token", Token)
        .Set("AuthenticateOnUnsubscribe", AuthenticateOnUnsubscribe);
}

/// <summary>Ends a subscription.</summary>
public sealed class UnsubscribeRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>The subscription.</summary>
    public string? SubscriptionArn { get; set; }

    internal override string Action => "Unsubscribe";

    internal override void Write(SnsFields fields) => fields.Set("SubscriptionArn", SubscriptionArn);
}

/// <summary>Sends a message.</summary>
public sealed class PublishRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>The topic; or <see cref="PhoneNumber"/>.</summary>
    public string? TopicArn { get; set; }

    /// <summary>A phone number in E.164 form; or <see cref="TopicArn"/>.</summary>
    public string? PhoneNumber { get; set; }

    /// <summary>The text, up to 256 KB; a JSON object by protocol when <see cref="MessageStructure"/> is <c>json</c>.</summary>
    public string? Message { get; set; }

    /// <summary>The subject of e-mails: ASCII, one line, up to 100 characters.</summary>
    public string? Subject { get; set; }

    /// <summary><c>json</c> for a text of its own for each protocol; otherwise <see langword="null"/>.</summary>
    public string? MessageStructure { get; set; }

    /// <summary>Attributes that filter policies look at.</summary>
    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = new(StringComparer.Ordinal);

    /// <summary>For FIFO topics: a message with an id of the last five minutes is accepted and not delivered again.</summary>
    public string? MessageDeduplicationId { get; set; }

    /// <summary>For FIFO topics: messages of one group are delivered in order.</summary>
    public string? MessageGroupId { get; set; }

    internal override string Action => "Publish";

    internal override void Write(SnsFields fields) => fields
        .Set("TopicArn", TopicArn)
        .Set("PhoneNumber", PhoneNumber)
        .Set("Message", Message)
        .Set("Subject", Subject)
        .Set("MessageStructure", MessageStructure)
        .Set("MessageDeduplicationId", MessageDeduplicationId)
        .Set("MessageGroupId", MessageGroupId)
        .SetAttributes("MessageAttributes", MessageAttributes);
}

/// <summary>Sends up to ten messages to a topic.</summary>
public sealed class PublishBatchRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>The topic.</summary>
    public string? TopicArn { get; set; }

    /// <summary>The messages.</summary>
    public List<PublishBatchRequestEntry> PublishBatchRequestEntries { get; set; } = [];

    internal override string Action => "PublishBatch";

    internal override void Write(SnsFields fields)
    {
        fields.Set("TopicArn", TopicArn);
        for (var i = 0; i < PublishBatchRequestEntries.Count; i++)
        {
            var entry = PublishBatchRequestEntries[i];
            var prefix = SnsFields.Member("PublishBatchRequestEntries", i);
            fields
                .Set(prefix + "Id", entry.Id)
                .Set(prefix + "Message", entry.Message)
                .Set(prefix + "Subject", entry.Subject)
                .Set(prefix + "MessageStructure", entry.MessageStructure)
                .Set(prefix + "MessageDeduplicationId", entry.MessageDeduplicationId)
                .Set(prefix + "MessageGroupId", entry.MessageGroupId)
                .SetAttributes(prefix + "MessageAttributes", entry.MessageAttributes);
        }
    }
}

/// <summary>One message of a batch.</summary>
public sealed class PublishBatchRequestEntry
{
    /// <summary>Identifies the message within the batch.</summary>
    public string? Id { get; set; }

    /// <inheritdoc cref="PublishRequest.Message"/>
    public string? Message { get; set; }

    /// <inheritdoc cref="PublishRequest.Subject"/>
    public string? Subject { get; set; }

    /// <inheritdoc cref="PublishRequest.MessageStructure"/>
    public string? MessageStructure { get; set; }

    /// <inheritdoc cref="PublishRequest.MessageAttributes"/>
    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = new(StringComparer.Ordinal);

    /// <inheritdoc cref="PublishRequest.MessageDeduplicationId"/>
    public string? MessageDeduplicationId { get; set; }

    /// <inheritdoc cref="PublishRequest.MessageGroupId"/>
    public string? MessageGroupId { get; set; }
}

/// <summary>The value of a message's attribute.</summary>
public sealed class MessageAttributeValue
{
    /// <summary><c>String</c>, <c>String.Array</c> or <c>Number</c>.</summary>
    public string? DataType { get; set; }

    /// <summary>The value.</summary>
    public string? StringValue { get; set; }
}

/// <summary>Reads a subscription's attributes.</summary>
public sealed class GetSubscriptionAttributesRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>The subscription.</summary>
    public string? SubscriptionArn { get; set; }

    internal override string Action => "GetSubscriptionAttributes";

    internal override void Write(SnsFields fields) => fields.Set("SubscriptionArn", SubscriptionArn);
}

/// <summary>Sets one attribute of a subscription.</summary>
public sealed class SetSubscriptionAttributesRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>The subscription.</summary>
    public string? SubscriptionArn { get; set; }

    /// <summary>The attribute, for example <c>FilterPolicy</c>.</summary>
    public string? AttributeName { get; set; }

    /// <summary>Its new value.</summary>
    public string? AttributeValue { get; set; }

    internal override string Action => "SetSubscriptionAttributes";

    internal override void Write(SnsFields fields) => fields
        .Set("SubscriptionArn", SubscriptionArn)
        .Set("AttributeName", AttributeName)
        .Set("AttributeValue", AttributeValue);
}

/// <summary>Lists the subscriptions of a topic.</summary>
public sealed class ListSubscriptionsByTopicRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>The topic.</summary>
    public string? TopicArn { get; set; }

    /// <summary>Where the next page begins, from the page before.</summary>
    public string? NextToken { get; set; }

    internal override string Action => "ListSubscriptionsByTopic";

    internal override void Write(SnsFields fields) => fields.Set("TopicArn", TopicArn).Set("NextToken", NextToken);
}

/// <summary>Writes fields as the query protocol wants them: lists as <c>member.N</c>, maps as <c>entry.N</c>, counted from 1.</summary>
internal sealed class SnsFields(ParameterCollection fields)
{
    public static string Member(string name, int index) => FormattableString.Invariant($"{name}.member.{index + 1}.");

    public SnsFields Set(string name, string? value)
    {
        if (value is not null)
        {
            fields.Add(name, value);
        }

        return this;
    }

    public SnsFields Set(string name, bool? value) => Set(name, value is { } known ? (known ? "true" : "false") : null);

    public SnsFields SetMap(string name, Dictionary<string, string> map)
    {
        foreach (var (i, (key, value)) in map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Index())
        {
            Set(Entry(name, i) + "key", key).Set(Entry(name, i) + "value", value);
        }

        return this;
    }

    public SnsFields SetAttributes(string name, Dictionary<string, MessageAttributeValue> map)
    {
        foreach (var (i, (key, value)) in map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Index())
        {
            Set(Entry(name, i) + "Name", key)
                .Set(Entry(name, i) + "Value.DataType", value.DataType)
                .Set(Entry(name, i) + "Value.StringValue", value.StringValue);
        }

        return this;
    }

    private static string Entry(string name, int index) => FormattableString.Invariant($"{name}.entry.{index + 1}.");
}
