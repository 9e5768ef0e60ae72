using System.Text.Json;
using Amazon;
using Amazon.Runtime;
using BankPortal.Infrastructure.Notifications.Sns;

namespace BankPortal.Tests.Notifications.Sns;

/// <summary>The SNS client: its requests beside those of Amazon's own client, its answers, refusals and retries.</summary>
[EngineTest]
public sealed class SnsClientTests
{
    private const string Topic = "arn:aws:sns:eu-west-1:123456789012:customer-1";
    private const string Subscribed = Topic + ":7";

    private static readonly (string Name, object Input, Func<IAmazonSimpleNotificationService, Task> Ours, string Answer)[] Operations =
    [
        (
            "CreateTopic",
            new { Name = "customer-1", Attributes = new { DisplayName = "Bank & you", KmsMasterKeyId = "alias/sns" } },
            sns => sns.CreateTopicAsync(
                new CreateTopicRequest
                {
                    Name = "customer-1",
                    Attributes = { ["DisplayName"] = "Bank & you", ["KmsMasterKeyId"] = "alias/sns" },
                }),
            Result("CreateTopic", $"<TopicArn>{Topic}</TopicArn>")
        ),
        (
            "Subscribe",
            new
            {
                TopicArn = Topic,
                Protocol = "email",
                Endpoint = "zoë+bank@example.com",
                Attributes = new { FilterPolicy = "{\"kind\":[\"Money\"]}" },
                ReturnSubscriptionArn = true,
            },
            sns => sns.SubscribeAsync(
                new SubscribeRequest
                {
                    TopicArn = Topic,
                    Protocol = "email",
                    Endpoint = "zoë+bank@example.com",
                    Attributes = { ["FilterPolicy"] = "{\"kind\":[\"Money\"]}" },
                    ReturnSubscriptionArn = true,
                }),
            Result("Subscribe", $"<SubscriptionArn>{Subscribed}</SubscriptionArn>")
        ),
        (
            "ConfirmSubscription",
            new { TopicArn = Topic, Token = "abc", AuthenticateOnUnsubscribe = "true" },
            sns => sns.ConfirmSubscriptionAsync(
                new ConfirmSubscriptionRequest { TopicArn = Topic, Token = "abc", AuthenticateOnUnsubscribe = "true" }),
            Result("ConfirmSubscription", $"<SubscriptionArn>{Subscribed}</SubscriptionArn>")
        ),
        (
            "Publish",
            new
            {
                TopicArn = Topic,
                Subject = "Money arrived",
                Message = "{\"default\":\"100,00 € – Grüße\\n2 + 2 = 4 & more\"}",
                MessageStructure = "json",
                MessageAttributes = new
                {
                    amount = new { DataType = "Number", StringValue = "100" },
                    kind = new { DataType = "String", StringValue = "Money" },
                },
                MessageGroupId = "customer-1",
                MessageDeduplicationId = "m1",
            },
            sns => sns.PublishAsync(
                new PublishRequest
                {
                    TopicArn = Topic,
                    Subject = "Money arrived",
                    Message = "{\"default\":\"100,00 € – Grüße\\n2 + 2 = 4 & more\"}",
                    MessageStructure = "json",
                    MessageAttributes =
                    {
                        ["kind"] = new MessageAttributeValue { DataType = "String", StringValue = "Money" },
                        ["amount"] = new MessageAttributeValue { DataType = "Number", StringValue = "100" },
                    },
                    MessageGroupId = "customer-1",
                    MessageDeduplicationId = "m1",
                }),
            Result("Publish", "<MessageId>id-1</MessageId><SequenceNumber>7</SequenceNumber>")
        ),
        (
            "PublishBatch",
            new
            {
                TopicArn = Topic,
                PublishBatchRequestEntries = new object[]
                {
                    new { Id = "a", Message = "one", Subject = "First", MessageAttributes = new { kind = new { DataType = "String", StringValue = "Money" } } },
                    new { Id = "b", Message = "two" },
                },
            },
            sns => sns.PublishBatchAsync(
                new PublishBatchRequest
                {
                    TopicArn = Topic,
                    PublishBatchRequestEntries =
                    [
                        new PublishBatchRequestEntry
                        {
                            Id = "a",
                            Message = "one",
                            Subject = "First",
                            MessageAttributes = { ["kind"] = new MessageAttributeValue { DataType = "String", StringValue = "Money" } },
                        },
                        new PublishBatchRequestEntry { Id = "b", Message = "two" },
                    ],
                }),
            Result("PublishBatch", "<Successful/><Failed/>")
        ),
        (
            "GetSubscriptionAttributes",
            new { SubscriptionArn = Subscribed },
            sns => sns.GetSubscriptionAttributesAsync(new GetSubscriptionAttributesRequest { SubscriptionArn = Subscribed }),
            Result("GetSubscriptionAttributes", "<Attributes/>")
        ),
        (
            "SetSubscriptionAttributes",
            new { SubscriptionArn = Subscribed, AttributeName = "FilterPolicy", AttributeValue = "{}" },
            sns => sns.SetSubscriptionAttributesAsync(
                new SetSubscriptionAttributesRequest { SubscriptionArn = Subscribed, AttributeName = "FilterPolicy", AttributeValue = "{}" }),
            Result("SetSubscriptionAttributes", "")
        ),
        (
            "ListSubscriptionsByTopic",
            new { TopicArn = Topic, NextToken = "next" },
            sns => sns.ListSubscriptionsByTopicAsync(new ListSubscriptionsByTopicRequest { TopicArn = Topic, NextToken = "next" }),
            Result("ListSubscriptionsByTopic", "<Subscriptions/>")
        ),
        (
            "Unsubscribe",
            new { SubscriptionArn = Subscribed },
            sns => sns.UnsubscribeAsync(new UnsubscribeRequest { SubscriptionArn = Subscribed }),
            Result("Unsubscribe", "")
        ),
        (
            "DeleteTopic",
            new { TopicArn = Topic },
            sns => sns.DeleteTopicAsync(new DeleteTopicRequest { TopicArn = Topic }),
            Result("DeleteTopic", "")
        ),
    ];

    [Fact]
    public async Task Requests_AllOperations_HaveTheFieldsOfTheOfficialClient()
    {
        await using var listener = await SnsListener.StartAsync();
        listener.Answer = index => (HttpStatusCode.OK, Operations[index % Operations.Length].Answer);
        using var client = Client(listener.Address);

        foreach (var operation in Operations)
        {
            await operation.Ours(client);
        }

        var said = await SnsProgram.RunAsync(
            "official.mjs",
            listener.Address.AbsoluteUri,
            JsonSerializer.Serialize(Operations.Select(operation => new { name = operation.Name, input = operation.Input })));

        Assert.DoesNotContain("\"error\"", said, StringComparison.Ordinal);
        Assert.Equal(2 * Operations.Length, listener.Sent.Count);
        for (var i = 0; i < Operations.Length; i++)
        {
            var (ours, theirs) = (listener.Sent[i], listener.Sent[Operations.Length + i]);
            Assert.Equal(theirs.Fields, ours.Fields);
            Assert.StartsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/", ours.Headers["Authorization"], StringComparison.Ordinal);
            Assert.Contains("/eu-west-1/sns/aws4_request", ours.Headers["Authorization"], StringComparison.Ordinal);
            Assert.StartsWith("application/x-www-form-urlencoded", ours.Headers["Content-Type"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Answers_OfEveryShape_AreRead()
    {
        await using var listener = await SnsListener.StartAsync();
        using var client = Client(listener.Address);

        listener.Answer = _ => (HttpStatusCode.OK, Result("Publish", "<MessageId>id-1</MessageId><SequenceNumber>7</SequenceNumber>"));
        var published = await client.PublishAsync(new PublishRequest { TopicArn = Topic, Message = "hello" });
        Assert.Equal(("id-1", "7", "request-1"), (published.MessageId, published.SequenceNumber, published.ResponseMetadata.RequestId));

        listener.Answer = _ => (HttpStatusCode.OK, Result(
            "PublishBatch",
            "<Successful><member><Id>a</Id><MessageId>id-1</MessageId></member><member><Id>c</Id><MessageId>id-3</MessageId></member></Successful>"
                + "<Failed><member><Id>b</Id><Code>InvalidParameter</Code><Message>Too long</Message><SenderFault>true</SenderFault></member></Failed>"));
        var batch = await client.PublishBatchAsync(new PublishBatchRequest { TopicArn = Topic });
        Assert.Equal([("a", "id-1"), ("c", "id-3")], batch.Successful.Select(entry => (entry.Id, entry.MessageId)));
        var failed = Assert.Single(batch.Failed);
        Assert.Equal(("b", "InvalidParameter", "Too long", true), (failed.Id, failed.Code, failed.Message, failed.SenderFault));

        listener.Answer = _ => (HttpStatusCode.OK, Result(
            "GetSubscriptionAttributes",
            "<Attributes><entry><key>PendingConfirmation</key><value>true</value></entry><entry><key>Protocol</key><value>email</value></entry></Attributes>"));
        var attributes = await client.GetSubscriptionAttributesAsync(new GetSubscriptionAttributesRequest { SubscriptionArn = Subscribed });
        Assert.Equal("true", attributes.Attributes["PendingConfirmation"]);
        Assert.Equal("email", attributes.Attributes["Protocol"]);

        listener.Answer = _ => (HttpStatusCode.OK, Result(
            "ListSubscriptionsByTopic",
            $"<Subscriptions><member><TopicArn>{Topic}</TopicArn><Protocol>email</Protocol><SubscriptionArn>PendingConfirmation</SubscriptionArn>"
                + "<Owner>123456789012</Owner><Endpoint>ann@example.com</Endpoint></member></Subscriptions><NextToken>more</NextToken>"));
        var page = await client.ListSubscriptionsByTopicAsync(new ListSubscriptionsByTopicRequest { TopicArn = Topic });
        var one = Assert.Single(page.Subscriptions);
        Assert.Equal(
            (Topic, "email", "PendingConfirmation", "ann@example.com", "more"),
            (one.TopicArn, one.Protocol, one.SubscriptionArn, one.Endpoint, page.NextToken));
    }

    [Theory]
    [InlineData("NotFound", HttpStatusCode.NotFound, typeof(NotFoundException))]
    [InlineData("AuthorizationError", HttpStatusCode.Forbidden, typeof(AuthorizationErrorException))]
    [InlineData("InvalidParameter", HttpStatusCode.BadRequest, typeof(InvalidParameterException))]
    [InlineData("SomethingNew", HttpStatusCode.BadRequest, typeof(AmazonSimpleNotificationServiceException))]
    public async Task Refusal_IsTypedAndSentOnce(string code, HttpStatusCode status, Type type)
    {
        await using var listener = await SnsListener.StartAsync();
        listener.Answer = _ => (status, Error("Sender", code));
        using var client = Client(listener.Address);

        var thrown = await Assert.ThrowsAnyAsync<AmazonSimpleNotificationServiceException>(
            () => client.PublishAsync(new PublishRequest { TopicArn = Topic, Message = "hello" }));

        Assert.IsType(type, thrown);
        Assert.Equal((code, "Because.", status, "request-1"), (thrown.ErrorCode, thrown.Message, thrown.StatusCode, thrown.RequestId));
        Assert.Equal(ErrorType.Sender, thrown.ErrorType);
        Assert.Single(listener.Sent);
    }

    [Theory]
    [InlineData("Throttled", HttpStatusCode.TooManyRequests)]
    [InlineData("InternalError", HttpStatusCode.InternalServerError)]
    [InlineData("ServiceUnavailable", HttpStatusCode.ServiceUnavailable)]
    public async Task Fault_ThatPasses_IsRetriedByTheSdk(string code, HttpStatusCode status)
    {
        await using var listener = await SnsListener.StartAsync();
        listener.Answer = index => index < 2 ? (status, Error("Receiver", code)) : (HttpStatusCode.OK, Result("Publish", "<MessageId>id-1</MessageId>"));
        using var client = Client(listener.Address);

        var published = await client.PublishAsync(new PublishRequest { TopicArn = Topic, Message = "hello" });

        Assert.Equal("id-1", published.MessageId);
        Assert.Equal(3, listener.Sent.Count);
    }

    [Fact]
    public async Task Publish_ToAServerOfTheProtocol_ReachesTheSubscriberThatTheFilterLetsThrough()
    {
        await using var subscriber = await SnsListener.StartAsync();
        using var server = SnsProgram.Start("server.mjs");
        var address = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        using var client = Client(new Uri(address!));
        var topic = (await client.CreateTopicAsync(new CreateTopicRequest { Name = "customer-1" })).TopicArn!;
        var subscription = await client.SubscribeAsync(
            new SubscribeRequest
            {
                TopicArn = topic,
                Protocol = "http",
                Endpoint = subscriber.Address.AbsoluteUri,
                Attributes = { ["FilterPolicy"] = "{\"kind\":[\"Money\"]}" },
            });

        await client.PublishAsync(Message("Security", "left out"));
        var sent = await client.PublishAsync(Message("Money", "100,00 € – Grüße & more"));

        var received = await subscriber.ReceivedAsync(_ => true);
        var record = JsonDocument.Parse(received.Body).RootElement;
        Assert.Equal("100,00 € – Grüße & more", record.GetProperty("Message").GetString());
        Assert.Equal("Money arrived", record.GetProperty("Subject").GetString());
        Assert.Equal(sent.MessageId, record.GetProperty("MessageId").GetString());
        Assert.Equal(topic, record.GetProperty("TopicArn").GetString());
        Assert.StartsWith(topic, subscription.SubscriptionArn, StringComparison.Ordinal);
        Assert.Single(subscriber.Sent);
        server.StandardInput.Close();
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);

        PublishRequest Message(string kind, string text) => new()
        {
            TopicArn = topic,
            Subject = "Money arrived",
            Message = text,
            MessageAttributes = { ["kind"] = new MessageAttributeValue { DataType = "String", StringValue = kind } },
        };
    }

    [Theory]
    [InlineData("eu-west-1", false, false, "https://sns.eu-west-1.amazonaws.com/")]
    [InlineData("us-east-1", true, false, "https://sns-fips.us-east-1.amazonaws.com/")]
    [InlineData("eu-west-1", false, true, "https://sns.eu-west-1.api.aws/")]
    [InlineData("cn-north-1", false, false, "https://sns.cn-north-1.amazonaws.com.cn/")]
    public void Endpoint_OfARegion_IsTheServices(string region, bool fips, bool dualStack, string address)
    {
        var config = new AmazonSimpleNotificationServiceConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
        };

        var endpoint = config.DetermineServiceOperationEndpoint(new(new PublishRequest()));

        Assert.Equal(new Uri(address), new Uri(endpoint.URL));
    }

    private static AmazonSimpleNotificationServiceClient Client(Uri address) =>
        new(
            new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
            new AmazonSimpleNotificationServiceConfig { ServiceURL = address.AbsoluteUri, AuthenticationRegion = "eu-west-1" });

    private static string Result(string operation, string body) =>
        $"<{operation}Response xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><{operation}Result>{body}</{operation}Result>"
        + $"<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></{operation}Response>";

    private static string Error(string type, string code) =>
        "<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">"
        + $"<Error><Type>{type}</Type><Code>{code}</Code><Message>Because.</Message></Error><RequestId>request-1</RequestId></ErrorResponse>";
}
