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
