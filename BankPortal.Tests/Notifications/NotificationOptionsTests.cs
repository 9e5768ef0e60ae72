using BankPortal.Core.Notifications;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace BankPortal.Tests.Notifications;

[UnitTest]
public sealed class NotificationOptionsTests
{
    [Fact]
    public void Sender_UnsetInDevelopment_IsTheMailbox()
    {
        var services = Build("Development", []);

        Assert.Same(services.GetRequiredService<DevelopmentMailbox>(), services.GetRequiredService<INotificationSender>());
        Assert.True(services.GetRequiredService<IOptions<NotificationOptions>>().Value.CanSend);
    }

    [Fact]
    public async Task Sender_None_RefusesToSend()
    {
        var services = Build("Production", new() { ["Notifications:Sender"] = "None" });

        Assert.False(services.GetRequiredService<IOptions<NotificationOptions>>().Value.CanSend);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            services
                .GetRequiredService<INotificationSender>()
                .SendAsync(
                    new Notification("1", NotificationKind.Account, null, "ada@example.org", "Subject", "Body"),
                    TestContext.Current.CancellationToken
                )
        );
    }

    [Fact]
    public void Smtp_SeveralErrors_AreAllReported()
    {
        var services = Build("Production", new()
        {
            ["Notifications:Sender"] = "Smtp",
            ["Notifications:Smtp:Host"] = "mail.example",
            ["Notifications:Smtp:Port"] = "0",
            ["Notifications:Smtp:From"] = "nobody",
            ["Notifications:Smtp:User"] = "bank",
            ["Notifications:Smtp:Encrypt"] = "false",
        });

        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<NotificationOptions>>().Value);

        Assert.Equal(4, refusal.Failures.Count());
    }

    [Fact]
    public void Smtp_Complete_IsAccepted()
    {
        var services = Build(
            "Production",
            new()
            {
                ["Notifications:Sender"] = "Smtp",
                ["Notifications:Smtp:Host"] = "mail.example",
                ["Notifications:Smtp:From"] = "no-reply@bank.example",
            }
        );

        Assert.True(services.GetRequiredService<IOptions<NotificationOptions>>().Value.CanSend);
    }

    [Theory]
    [InlineData("Endpoint", "", "Notifications:Sns:Endpoint must be an http or https address")]
    [InlineData("Endpoint", "Endpoint=http://sns:4002;AccessKey=key", "Notifications:Sns:AccessKey and Sns:SecretKey go together")]
    [InlineData("Endpoint", "Endpoint=http://sns:4002;Region=moon", "Notifications:Sns:Region is not a region")]
    [InlineData("Endpoint", "Endpoint=http://sns:4002;TopicPrefix=a b", "Notifications:Sns:TopicPrefix must be")]
    [InlineData("Endpoint", "Endpoint=http://sns:4002;FraudTopic=fraud", "Notifications:Sns:FraudTopic must be the ARN of a topic")]
    [InlineData("Aws", "", "Notifications:Sns:Region must name an AWS region")]
    [InlineData("Aws", "Region=eu-central-1;Endpoint=http://sns:4002", "Notifications:Sns:Endpoint must not be set in mode Aws")]
    [InlineData("Aws", "Region=eu-central-1;AccessKey=key;SecretKey=secret", "Notifications:Sns:AccessKey must not be set in mode Aws")]
    public void Sns_AnIncompleteMode_IsRefusedByItsSetting(string mode, string settings, string expected)
    {
        var refusal = Assert.Throws<OptionsValidationException>(
            () => Build("Production", SnsSettings(mode, settings)).GetRequiredService<IOptions<NotificationOptions>>().Value);

        Assert.StartsWith(expected, Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Off", "")]
    [InlineData("Endpoint", "Endpoint=http://localhost:4002")]
    [InlineData("Endpoint", "Endpoint=https://sns.example;Region=eu-central-1;AccessKey=key;SecretKey=secret;TopicPrefix=bank_1-")]
    [InlineData("Aws", "Region=us-gov-east-1;FraudTopic=arn:aws-us-gov:sns:us-gov-east-1:123456789012:fraud")]
    public void Sns_ACompleteMode_IsAccepted(string mode, string settings)
    {
        var options = Build("Production", SnsSettings(mode, settings)).GetRequiredService<IOptions<NotificationOptions>>().Value;

        Assert.Equal(Enum.Parse<NotificationMode>(mode), options.Mode);
    }

    private static Dictionary<string, string?> SnsSettings(string mode, string settings)
    {
        var all = new Dictionary<string, string?> { ["Notifications:Sender"] = "None", ["Notifications:Mode"] = mode };
        foreach (var setting in settings.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = setting.Split('=', 2);
            all["Notifications:Sns:" + parts[0]] = parts[1];
        }

        return all;
    }

    private static ServiceProvider Build(string environment, Dictionary<string, string?> settings) =>
        new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<IHostEnvironment>(new Place(environment))
            .AddNotifications()
            .BuildServiceProvider();

    private sealed class Place(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "BankPortal";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
