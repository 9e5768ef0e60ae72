namespace BankPortal.Web.Features.Fraud.Desk;

/// <summary>What acting at the fraud desk needs besides its pages.</summary>
internal static class DeskExtensions
{
    /// <summary>Adds it.</summary>
    public static WebApplicationBuilder AddBankDesk(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<StaffActions>();
        return builder;
    }
}
