using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using BankPortal.Infrastructure.Dynamo.Schema;

namespace BankPortal.Bench.Costs;

/// <summary>
/// A client that measures what every request takes: it asks the engine for its own count, and computes the units from the
/// items as they are stored before and after. What it reads for that goes past the measurement. One operation at a time.
/// </summary>
internal class DynamoMeter : DispatchProxy
{
    // So that requests that may overlap do, on an engine that answers in no time.
    private static readonly TimeSpan Distance = TimeSpan.FromMilliseconds(10);

    private static readonly MethodInfo MeterMethod = typeof(DynamoMeter).GetMethod(
        nameof(MeterAsync),
        BindingFlags.NonPublic | BindingFlags.Instance
    )!;
    private readonly ConcurrentQueue<MeteredRequest> _requests = new();
    private IAmazonDynamoDB _inner = null!;
    private Dictionary<string, TableSpec> _tables = [];
    private long _events;
    private volatile bool _metering;

    public static DynamoMeter Over(IAmazonDynamoDB client, string tablePrefix)
    {
#pragma warning disable CA2263 // The generic overload cannot take an interface with static members.
        var meter = (DynamoMeter)Create(typeof(IAmazonDynamoDB), typeof(DynamoMeter));
#pragma warning restore CA2263
        meter._inner = client;
        meter._tables = BankTables.All.ToDictionary(table => tablePrefix + table.Name, StringComparer.Ordinal);
        return meter;
    }

    /// <summary>Performs something and gives its requests.</summary>
    public async Task<IReadOnlyList<MeteredRequest>> MeasureAsync(Func<Task> work)
    {
        _requests.Clear();
        _metering = true;
        try
        {
            await work();
        }
        finally
        {
            _metering = false;
        }

        return [.. _requests];
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        try
        {
            if (
                !_metering
                || !targetMethod.ReturnType.IsGenericType
                || targetMethod.ReturnType.GetGenericTypeDefinition() != typeof(Task<>)
            )
            {
                return targetMethod.Invoke(_inner, args);
            }

            return args is [AmazonWebServiceRequest request, ..]
                ? MeterMethod.MakeGenericMethod(targetMethod.ReturnType.GenericTypeArguments).Invoke(this, [targetMethod, args, request])
                : throw new NotSupportedException($"{targetMethod.Name} without a request object cannot be measured.");
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    private async Task<T> MeterAsync<T>(MethodInfo method, object?[] args, AmazonWebServiceRequest request)
        where T : AmazonWebServiceResponse
    {
        var start = Interlocked.Increment(ref _events);
        request.GetType().GetProperty("ReturnConsumedCapacity")?.SetValue(request, ReturnConsumedCapacity.INDEXES);
        var writes = WritesOf(request);
        var before = await Task.WhenAll(writes.Select(ReadAsync));
        await Task.Delay(Distance);
        try
        {
            var response = await (Task<T>)method.Invoke(_inner, args)!;
            var after = await Task.WhenAll(writes.Select(ReadAsync));
            var (units, detail) = writes.Count > 0 ? Written(writes, before, after) : await ReadOfAsync(request, response);
            Add(request, detail, units, Reported(response), start);
            return response;
        }
        catch (Exception exception) when (exception is ConditionalCheckFailedException or TransactionCanceledException)
        {
            // Refused, and paid for by what is there.
            var (units, detail) = Written(writes, before, before);
            Add(request, detail + " (refused)", units, null, start);
            throw;
        }
    }

    private void Add(AmazonWebServiceRequest request, string detail, Units units, decimal? reported, long start) =>
        _requests.Enqueue(
            new MeteredRequest(
                request.GetType().Name.Replace("Request", "", StringComparison.Ordinal),
                detail,
                units,
                reported,
                start,
                Interlocked.Increment(ref _events)
            )
        );

    private (Units Units, string Detail) Written(
        List<ItemWrite> writes,
        Dictionary<string, AttributeValue>?[] before,
        Dictionary<string, AttributeValue>?[] after
    )
    {
        var units = writes
            .Select((write, i) => Units.OfWrite(_tables[write.Table], before[i], after[i], write.InTransaction))
            .Aggregate(Units.None, (sum, each) => sum + each);
        return (
            units,
            string.Join(", ", writes.Select((write, i) => Show(write.Table, [Math.Max(ItemSize.Of(before[i]), ItemSize.Of(after[i]))])))
        );
    }

    private async Task<(Units Units, string Detail)> ReadOfAsync(AmazonWebServiceRequest request, AmazonWebServiceResponse response)
    {
        switch (request, response)
        {
            case (GetItemRequest get, GetItemResponse):
                var item = await ReadAsync(new ItemWrite(get.TableName, get.Key, false));
                return (Units.OfRead(ItemSize.Of(item), get.ConsistentRead == true), Show(get.TableName, [ItemSize.Of(item)]));

            case (BatchGetItemRequest batch, BatchGetItemResponse):
                var (units, details) = (Units.None, new List<string>());
                foreach (var (table, asked) in batch.RequestItems)
                {
                    var sizes = (await Task.WhenAll(asked.Keys.Select(key => ReadAsync(new ItemWrite(table, key, false)))))
                        .Select(ItemSize.Of)
                        .ToList();
                    units = sizes.Aggregate(units, (sum, size) => sum + Units.OfRead(size, asked.ConsistentRead == true));
                    details.Add(Show(table, sizes));
                }

                return (units, string.Join(", ", details));

            // A filter or projection would hide what is read and paid for.
            case (QueryRequest { FilterExpression: null, ProjectionExpression: null } query, QueryResponse found):
                var read = (found.Items ?? []).ConvertAll(ItemSize.Of);
                return (
                    Units.OfQuery(read, query.ConsistentRead == true),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{_tables[query.TableName].Name} {read.Count} x {(read.Count == 0 ? 0 : read.Average()):0} B"
                    )
                );

            default:
                throw new NotSupportedException($"{request.GetType().Name} in this form cannot be measured.");
        }
    }

    private string Show(string table, IReadOnlyCollection<int> sizes) =>
        $"{_tables[table].Name} {string.Join(" + ", sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)))} B";

    private async Task<Dictionary<string, AttributeValue>?> ReadAsync(ItemWrite write)
    {
        var response = await _inner.GetItemAsync(new GetItemRequest { TableName = write.Table, Key = write.Key, ConsistentRead = true });
        return response.Item is { Count: > 0 } item ? item : null;
    }

    private List<ItemWrite> WritesOf(AmazonWebServiceRequest request) => request switch
    {
        PutItemRequest put => [new(put.TableName, KeyOf(put.TableName, put.Item), false)],
        UpdateItemRequest update => [new(update.TableName, update.Key, false)],
        DeleteItemRequest delete => [new(delete.TableName, delete.Key, false)],
        TransactWriteItemsRequest transaction => transaction.TransactItems.ConvertAll(item => item switch
        {
            { Put: { } put } => new ItemWrite(put.TableName, KeyOf(put.TableName, put.Item), true),
            { Update: { } update } => new ItemWrite(update.TableName, update.Key, true),
            { Delete: { } delete } => new ItemWrite(delete.TableName, delete.Key, true),
            { ConditionCheck: { } check } => new ItemWrite(check.TableName, check.Key, true),
            _ => throw new NotSupportedException("An item of a transaction asks for nothing."),
        }),
        _ => [],
    };

    private Dictionary<string, AttributeValue> KeyOf(string table, Dictionary<string, AttributeValue> item)
    {
        var spec = _tables[table];
        return item.Where(pair => pair.Key == spec.PartitionKey.Name || pair.Key == spec.SortKey?.Name)
            .ToDictionary(StringComparer.Ordinal);
    }

    private static decimal? Reported(AmazonWebServiceResponse response) =>
        response.GetType().GetProperty("ConsumedCapacity")?.GetValue(response) switch
        {
            ConsumedCapacity one => (decimal?)one.CapacityUnits,
            IEnumerable<ConsumedCapacity> many => many.Sum(each => (decimal?)each.CapacityUnits),
            _ => null,
        };

    private sealed record ItemWrite(string Table, Dictionary<string, AttributeValue> Key, bool InTransaction);
}
