using BankPortal.Web.Components.Fraud.Desk;

namespace BankPortal.Web.Fraud;

/// <summary>What acting at the fraud desk needs besides its pages.</summary>
internal static class DeskExtensions
{
    /// <summary>Adds it.</summary>
    public static WebApplicationBuilder AddBankDesk(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<DeskActs>();
        return builder;
    }
}
