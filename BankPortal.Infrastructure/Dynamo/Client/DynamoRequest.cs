using Amazon.Runtime;

namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>One try of one request to the database.</summary>
/// <param name="Operation">The operation's name, for example <c>TransactWriteItems</c>.</param>
/// <param name="Body">The request as the caller built it.</param>
/// <param name="Attempt">0 for the first try, then the number of the repeat.</param>
public readonly record struct DynamoRequest(string Operation, AmazonWebServiceRequest Body, int Attempt);
