using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace BankPortal.Tests.Dynamo;

[UnitTest]
public sealed class DynamoOptionsTests
{
    [Fact]
    public void ValidateOptions_ManyErrors_ReportsAllAtOnce()
    {
        using var services = Services(
            Environments.Development,
            ("Dynamo:Mode", "Endpoint"),
            ("Dynamo:MaxRetries", "many"),
            ("Dynamo:RequestTimeout", "00:10:00"),
            ("Dynamo:TablePrefix", "bank portal"),
            ("Dynamo:Tabelprefix", "x"),
            ("Dynamo:InMemory", "true"));

        var failure = Assert.Throws<OptionsValidationException>(services.ValidateOptions);

        Assert.Collection(
            failure.Failures.Order(StringComparer.Ordinal),
            f => Assert.StartsWith("Dynamo:Endpoint must be an http or https address", f, StringComparison.Ordinal),
            f => Assert.Equal("Dynamo:InMemory can only be set in mode Embedded.", f),
            f => Assert.Equal("Dynamo:MaxRetries cannot be read as a whole number.", f),
            f => Assert.Equal("Dynamo:RequestTimeout must be between 00:00:00.1000000 and 00:01:00, but is 00:10:00.", f),
            f =>
                Assert.StartsWith(
                    "Dynamo:Tabelprefix is not a setting (did you mean TablePrefix?); there are ConnectTimeout, DataFolder, ",
                    f,
                    StringComparison.Ordinal
                ),
            f => Assert.StartsWith("Dynamo:TablePrefix must be at most 100 letters", f, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void ValidateOptions_ErrorsInSeveralSections_ReportsAllAtOnce()
    {
        using var services = Services(
            Environments.Development,
            s => s.AddValidatedOptions<OtherOptions, OtherOptionsValidator>("Other"),
            ("Dynamo:MaxConnections", "0"),
            ("Other:Colour", "mauve"));

        var failure = Assert.Throws<OptionsValidationException>(services.ValidateOptions);

        Assert.Equal(
            [
                "Dynamo:MaxConnections must be between 1 and 10000, but is 0.",
                "Other:Colour must be one of Red, Green.",
                "Other:Name must be given.",
            ],
            failure.Failures.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void ValidateOptions_NothingSetInDevelopment_IsEmbedded()
    {
        using var services = Services(Environments.Development);

        services.ValidateOptions();

        Assert.Equal(DynamoMode.Embedded, services.GetRequiredService<IOptions<DynamoOptions>>().Value.Mode);
    }

    [Fact]
    public void ValidateOptions_NothingSetInProduction_DemandsAChoice()
    {
        using var services = Services(Environments.Production);

        var failure = Assert.Throws<OptionsValidationException>(services.ValidateOptions);

        Assert.StartsWith("Dynamo:Mode must be one of Embedded, Endpoint, Aws", Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Aws", "Dynamo:Region", "eu-central-1")]
    [InlineData("Aws", "Dynamo:Region", "us-gov-west-1")]
    [InlineData("Endpoint", "Dynamo:Endpoint", "http://localhost:8000")]
    public void ValidateOptions_ModeWithWhatItNeeds_IsValid(string mode, string setting, string value)
    {
        using var services = Services(Environments.Production, ("Dynamo:Mode", mode), (setting, value));

        services.ValidateOptions();
    }

    [Theory]
    [InlineData("Aws", "Dynamo:Region", "")]
    [InlineData("Aws", "Dynamo:Region", "Frankfurt")]
    [InlineData("Endpoint", "Dynamo:Endpoint", "localhost:8000")]
    [InlineData("Endpoint", "Dynamo:Endpoint", "ftp://localhost")]
    [InlineData("Embedded", "Dynamo:EnginePath", "/no/such/engine")]
    [InlineData("Cloud", "Dynamo:Mode", "Cloud")]
    public void ValidateOptions_ModeWithoutWhatItNeeds_NamesTheSetting(string mode, string setting, string value)
    {
        using var services = Services(Environments.Production, ("Dynamo:Mode", mode), (setting, value));

        var failure = Assert.Throws<OptionsValidationException>(services.ValidateOptions);

        Assert.Contains(failure.Failures, f => f.StartsWith(setting, StringComparison.Ordinal));
    }

    private static ServiceProvider Services(string environment, params (string Key, string Value)[] settings) =>
        Services(environment, _ => { }, settings);

    private static ServiceProvider Services(
        string environment, Action<IServiceCollection> more, params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.DistinctBy(s => s.Key).Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
            .Build());
        services.AddSingleton<IHostEnvironment>(new FixedEnvironment { EnvironmentName = environment });
        services.AddDynamo();
        more(services);
        return services.BuildServiceProvider();
    }

    private sealed class OtherOptions
    {
        public Colour Colour { get; set; }

        public string? Name { get; set; }
    }

    private enum Colour
    {
        Red,
        Green,
    }

    private sealed class OtherOptionsValidator : IOptionsValidator<OtherOptions>
    {
        public void Check(OtherOptions options, OptionsErrors errors) => errors.RequireText(options.Name, nameof(options.Name));
    }

    private sealed class FixedEnvironment : IHostEnvironment
    {
        public required string EnvironmentName { get; set; }

        public string ApplicationName { get; set; } = "BankPortal.Tests";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
