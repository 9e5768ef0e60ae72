using System.Net.Sockets;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Tests.Dynamo;

[EngineTest]
public sealed class RequestInterceptorTests
{
    private static readonly TableSpec Things = new("Things", KeySpec.S("id"));

    [Fact]
    public async Task CountRequests_OneAfterAnother_AreSequential()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, [Things]);

        using var counter = fixture.CountRequests();
        await GetAsync(fixture);
        await GetAsync(fixture);
        await fixture.Database.Client.PutItemAsync(fixture.Database.TableName(Things), new ItemWriter().Set("id", "a").ToItem());

        Assert.Equal(3, counter.Total);
        Assert.Equal(3, counter.SequentialRoundTrips);
        Assert.Equal(2, counter["GetItem"]);
        Assert.Equal(1, counter["PutItem"]);
    }

    [Fact]
    public async Task CountRequests_Parallel_AreOneRoundTrip()
    {
        // A gate lets all four arrive before any is answered, so they are parallel on any machine.
        var arrived = 0;
        var allThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new Interceptor(
            async (request, send) =>
            {
                if (request.Operation == "GetItem" && Interlocked.Increment(ref arrived) == 4)
                {
                    allThere.SetResult();
                }

                await (request.Operation == "GetItem" ? allThere.Task : Task.CompletedTask);
                await send();
            }
        );
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, [Things], gate);

        using var counter = fixture.CountRequests();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => GetAsync(fixture)));

        Assert.Equal(4, counter.Total);
        Assert.Equal(1, counter.SequentialRoundTrips);
    }

    [Fact]
    public async Task CountRequests_OtherFlowAndAfterDispose_AreNotCounted()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, [Things]);
        var start = new TaskCompletionSource();
        var other = Task.Run(async () =>
        {
            await start.Task;
            await GetAsync(fixture);
        });

        var counter = fixture.CountRequests();
        start.SetResult();
        await other;
        using (var inner = fixture.CountRequests())
        {
            await GetAsync(fixture);
            Assert.Equal(1, inner.Total);
        }

        counter.Dispose();
        await GetAsync(fixture);

        Assert.Equal(1, counter.Total);
    }

    [Fact]
    public async Task Interceptor_ThrottledTwice_IsRepeatedBySdkAndEachTryIsSeen()
    {
        var attempts = new List<int>();
        var throttle = new Interceptor(
            (request, send) =>
            {
                if (request.Operation != "GetItem")
                {
                    return send();
                }

                attempts.Add(request.Attempt);
                return attempts.Count <= 2
                    ? throw new ProvisionedThroughputExceededException("Too fast.")
                    {
                        StatusCode = HttpStatusCode.BadRequest,
                        ErrorCode = "ProvisionedThroughputExceededException",
                    }
                    : send();
            }
        );
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, [Things], throttle);

        using var counter = fixture.CountRequests();
        await GetAsync(fixture);

        Assert.Equal([0, 1, 2], attempts);
        Assert.Equal(3, counter["GetItem"]);
        Assert.Equal(3, counter.SequentialRoundTrips);
    }

    [Fact]
    public async Task Interceptor_AnswerLost_RequestWasCarriedOut()
    {
        var lost = false;
        var lose = new Interceptor(
            async (request, send) =>
            {
                await send();
                if (request.Operation == "PutItem" && !lost)
                {
                    lost = true;
                    throw new HttpRequestException("The connection broke.");
                }
            }
        );
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, [Things], lose);

        // The SDK repeats the request, and the repeat meets what the first try wrote.
        await Assert.ThrowsAsync<ConditionalCheckFailedException>(() =>
            fixture.Database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = fixture.Database.TableName(Things),
                    Item = new ItemWriter().Set("id", "a").ToItem(),
                    ConditionExpression = "attribute_not_exists(id)",
                }
            )
        );
        Assert.True(lost);
    }

    [Fact]
    public async Task Client_SilentServer_GivesUpEachTryInTimeAndRepeatsIt()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(); // Connections are accepted by the system; nobody ever answers.
        var attempts = new List<int>();
        var options = new DynamoOptions
        {
            Mode = DynamoMode.Endpoint,
            Endpoint = new Uri($"http://{silent.LocalEndpoint}"),
            RequestTimeout = TimeSpan.FromMilliseconds(200),
            MaxRetries = 2,
        };
        var note = new Interceptor(
            (request, send) =>
            {
                attempts.Add(request.Attempt);
                return send();
            }
        );
        using var client = DynamoClientFactory.Create(options, null, [note]);

        await Assert.ThrowsAnyAsync<Exception>(() => client.ListTablesAsync()).WaitAsync(TimeSpan.FromSeconds(60));

        // On a machine under load the SDK has been seen to make the first try twice; what counts is that it repeats and gives up.
        Assert.Equal([0, 1, 2], attempts.Distinct());
        Assert.InRange(attempts.Count, 3, 4);
    }

    private static Task<GetItemResponse> GetAsync(DynamoFixture fixture) =>
        fixture.Database.Client.GetItemAsync(fixture.Database.TableName(Things), new() { ["id"] = Attr.S("a") });

    private sealed class Interceptor(Func<DynamoRequest, Func<Task>, Task> act) : IRequestInterceptor
    {
        public Task InterceptAsync(DynamoRequest request, Func<Task> send, CancellationToken ct) => act(request, send);
    }
}
