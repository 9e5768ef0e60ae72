using Amazon.Runtime;

namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>One attempt of a request to the database.</summary>
/// <param name="Operation">The name of the operation, for example <c>TransactWriteItems</c>.</param>
/// <param name="Body">The request as the caller built it.</param>
/// <param name="Attempt">0 for the first attempt, then the number of the retry.</param>
public readonly record struct DynamoRequest(string Operation, AmazonWebServiceRequest Body, int Attempt);
