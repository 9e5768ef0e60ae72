using DotNet.Testcontainers.Containers;

namespace BankPortal.Tests.Dynamo;

/// <summary>A container with Amazon's DynamoDB Local. Made by <see cref="DynamoDbBuilder"/>.</summary>
public sealed class DynamoDbContainer(DynamoDbConfiguration configuration) : DockerContainer(configuration)
{
    /// <summary>The address at which the started container answers, such as <c>http://localhost:49153/</c>.</summary>
    public string GetConnectionString() =>
        new UriBuilder(Uri.UriSchemeHttp, Hostname, GetMappedPublicPort(DynamoDbBuilder.DynamoDbPort)).ToString();
}
