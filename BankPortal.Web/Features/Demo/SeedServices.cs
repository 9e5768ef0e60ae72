namespace BankPortal.Web.Features.Demo;

/// <summary>The demonstration: in Development, unless <c>Demo:Enabled</c> is false; never anywhere else.</summary>
public static class SeedServices
{
    /// <summary>Registers the demonstration where it may run.</summary>
    public static WebApplicationBuilder AddBankDemo(this WebApplicationBuilder builder)
    {
        if (IsOn(builder.Environment, builder.Configuration))
        {
            builder.Services.AddSingleton<DemoSignIns>();
            builder.Services.AddSingleton<IStartupNote>(provider => provider.GetRequiredService<DemoSignIns>());
            builder.Services.AddSingleton<DemoIncidents>();
            builder.Services.AddSingleton<IStartupTask, DemoBank>();
        }

        return builder;
    }

    private static bool IsOn(IHostEnvironment environment, ConfigurationManager configuration) =>
        environment.IsDevelopment() && configuration.GetValue("Demo:Enabled", true);
}
