namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>What alerts and cases need in the portal besides their pages.</summary>
internal static class CaseExtensions
{
    /// <summary>Adds the work that goes on in the background.</summary>
    public static WebApplicationBuilder AddBankCaseWork(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<AlertWorker>();
        return builder;
    }
}
