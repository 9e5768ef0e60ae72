using BankPortal.Web.Features.Fraud.Cases;

namespace BankPortal.Web.Features.Fraud;

/// <summary>Maps the endpoints of the module Fraud.</summary>
internal static class FraudWebApplicationExtensions
{
    /// <summary>Maps the downloads.</summary>
    public static WebApplication MapFraud(this WebApplication app)
    {
        CasesExport.Map(app);
        return app;
    }
}
