using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;

namespace BankPortal.Tests.Dynamo;

/// <summary>The configuration of a <see cref="Dynamo.DynamoDbContainer"/>. It adds nothing to that of every container.</summary>
public sealed class DynamoDbConfiguration : ContainerConfiguration
{
    public DynamoDbConfiguration()
    {
    }

    public DynamoDbConfiguration(IResourceConfiguration<CreateContainerParameters> resource)
        : base(resource)
    {
    }

    public DynamoDbConfiguration(IContainerConfiguration container)
        : base(container)
    {
    }

    /// <summary>Joins two configurations; what the new one sets wins.</summary>
    public DynamoDbConfiguration(DynamoDbConfiguration old, DynamoDbConfiguration @new)
        : base(old, @new)
    {
    }
}
