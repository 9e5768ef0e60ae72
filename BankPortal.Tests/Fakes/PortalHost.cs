using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;

namespace BankPortal.Tests.Fakes;

/// <summary>The whole portal in this process, on a real socket at a free loopback port, so that browsers can open it.</summary>
/// <param name="settings">Configuration values that go before all others.</param>
/// <param name="services">Replaces services, for example the clock.</param>
public sealed class PortalHost(
    IReadOnlyDictionary<string, string>? settings = null,
    Action<IServiceCollection>? services = null) : WebApplicationFactory<Program>
{
    /// <summary>Starts the portal.</summary>
    /// <returns>The address, without a slash at its end.</returns>
    public string Start()
    {
        UseKestrel(0);
        StartServer();
        return ClientOptions.BaseAddress.ToString().TrimEnd('/');
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("Demo:Enabled", "false");

        // Jobs work beside what a test counts; tests of jobs run them themselves.
        builder.UseSetting("Jobs:Enabled", "false");

        // A slow machine must not hold transfers that a test means to be posted.
        builder.UseSetting("Fraud:Budget", "00:00:30");
        if (settings is null || !settings.ContainsKey("Dynamo:Mode"))
        {
            // Not the developer's own bank.
            builder.UseSetting("Dynamo:Mode", "Embedded");
            builder.UseSetting("Dynamo:InMemory", "true");
        }

        foreach (var (key, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            builder.UseSetting(key, value);
        }

        if (services is not null)
        {
            builder.ConfigureTestServices(services);
        }
    }
}
