namespace BankPortal.Tests.Dynamo;

/// <summary>What the container with DynamoDB Local is made of. Needs no container engine.</summary>
[UnitTest]
public sealed class DynamoDbBuilderTests
{
    private static readonly string Repository = typeof(DynamoDbBuilderTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryFolder").Value!;

    [Fact]
    public void Configuration_ByDefault_RunsOneSharedDatabaseInMemory() =>
        Assert.Equal(["-jar", "DynamoDBLocal.jar", "-inMemory", "-sharedDb"], new DynamoDbBuilder().Configuration.Command);

    [Fact]
    public void Configuration_ByDefault_LetsTheEngineChooseThePortOutside()
    {
        var configuration = new DynamoDbBuilder().Configuration;

        var (inside, outside) = Assert.Single(configuration.PortBindings);
        Assert.Equal("8000", inside.Split('/')[0]);
        Assert.True(outside is null or "" or "0", outside);
        Assert.StartsWith("8000", Assert.Single(configuration.ExposedPorts).Key, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_ByDefault_WaitsAMinuteForAnAnswer() =>
        Assert.Equal(TimeSpan.FromMinutes(1), new DynamoDbBuilder().Configuration.WaitStrategies.Last().Timeout);

    [Fact]
    public void Image_OfTheTests_IsPinnedAndTheOneOfTheComposeFile()
    {
        var image = new DynamoDbBuilder().Configuration.Image;

        Assert.Equal(DynamoDbBuilder.DynamoDbImage, image.FullName);
        Assert.Matches(@"^\d+\.\d+\.\d+$", image.Tag);
        Assert.Contains(
            $"image: {DynamoDbBuilder.DynamoDbImage}\n",
            File.ReadAllText(Path.Combine(Repository, "deploy", "compose.yaml")).ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void With_AnotherSetting_KeepsTheRest()
    {
        var configuration = new DynamoDbBuilder().WithImage("amazon/dynamodb-local:3.1.0").Configuration;

        Assert.Equal("amazon/dynamodb-local:3.1.0", configuration.Image.FullName);
        Assert.Equal(4, configuration.Command.Count());
        Assert.Single(configuration.PortBindings);
    }
}
