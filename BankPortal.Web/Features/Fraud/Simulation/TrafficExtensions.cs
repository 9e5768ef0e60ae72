namespace BankPortal.Web.Features.Fraud.Simulation;

/// <summary>Simulated traffic, for trying the fraud desk out.</summary>
internal static class TrafficExtensions
{
    /// <summary>Adds it in Development; nowhere else.</summary>
    public static WebApplicationBuilder AddBankTraffic(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment())
        {
            builder.Services.AddSingleton<TrafficHost>();
        }

        return builder;
    }
}
