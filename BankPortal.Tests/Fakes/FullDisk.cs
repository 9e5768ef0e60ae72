using Amazon.DynamoDBv2;
using Amazon.Runtime;

namespace BankPortal.Tests.Fakes;

/// <summary>Refuses every write while it is full, as the engine does on a full disk; reads go on.</summary>
public sealed class FullDisk : IRequestInterceptor
{
    public bool IsFull { get; set; }

    public Task InterceptAsync(DynamoRequest request, Func<Task> send, CancellationToken ct) =>
        IsFull && request.Operation is ("PutItem" or "UpdateItem" or "TransactWriteItems" or "BatchWriteItem")
            ? throw new AmazonDynamoDBException(
                "database or disk is full", ErrorType.Receiver, "InternalServerError", "test", HttpStatusCode.InternalServerError)
            : send();
}
