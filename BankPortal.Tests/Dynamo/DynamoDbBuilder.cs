using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;

namespace BankPortal.Tests.Dynamo;

/// <summary>
/// Builds a container with Amazon's DynamoDB Local. Named and shaped like the class of the module Testcontainers.DynamoDb, which is not
/// on the feed, so that the module can take its place.
/// </summary>
/// <example><code>await using var container = new DynamoDbBuilder().Build();</code></example>
public sealed class DynamoDbBuilder : ContainerBuilder<DynamoDbBuilder, DynamoDbContainer, DynamoDbConfiguration>
{
    /// <summary>The image, with the version that <c>deploy/compose.yaml</c> offers too.</summary>
    public const string DynamoDbImage = "amazon/dynamodb-local:3.0.0";

    /// <summary>The port inside the container. The one outside is chosen by the container engine.</summary>
    public const ushort DynamoDbPort = 8000;

    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(1);

    public DynamoDbBuilder()
        : this(new DynamoDbConfiguration()) => DockerResourceConfiguration = Init().DockerResourceConfiguration;

    private DynamoDbBuilder(DynamoDbConfiguration configuration)
        : base(configuration) => DockerResourceConfiguration = configuration;

    /// <summary>What a container would be made of. Building one needs a container engine; reading this does not.</summary>
    internal DynamoDbConfiguration Configuration => DockerResourceConfiguration;

    protected override DynamoDbConfiguration DockerResourceConfiguration { get; }

    /// <inheritdoc/>
    public override DynamoDbContainer Build()
    {
        Validate();
        return new DynamoDbContainer(DockerResourceConfiguration);
    }

    // Without -sharedDb each access key would have a database of its own. The engine answers a request without a signature with 400.
    protected override DynamoDbBuilder Init() => base.Init()
        .WithImage(DynamoDbImage)
        .WithPortBinding(DynamoDbPort, assignRandomHostPort: true)
        .WithCommand("-jar", "DynamoDBLocal.jar", "-inMemory", "-sharedDb")
        .WithWaitStrategy(Wait.ForUnixContainer().UntilHttpRequestIsSucceeded(
            request => request.ForPort(DynamoDbPort).ForPath("/").ForStatusCode(HttpStatusCode.BadRequest),
            strategy => strategy.WithTimeout(StartsWithin)));

    protected override DynamoDbBuilder Clone(IResourceConfiguration<CreateContainerParameters> resourceConfiguration) =>
        Merge(DockerResourceConfiguration, new DynamoDbConfiguration(resourceConfiguration));

    protected override DynamoDbBuilder Clone(IContainerConfiguration resourceConfiguration) =>
        Merge(DockerResourceConfiguration, new DynamoDbConfiguration(resourceConfiguration));

    protected override DynamoDbBuilder Merge(DynamoDbConfiguration oldValue, DynamoDbConfiguration newValue) =>
        new(new DynamoDbConfiguration(oldValue, newValue));
}
