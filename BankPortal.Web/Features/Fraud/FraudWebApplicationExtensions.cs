using BankPortal.Web.Features.Fraud.Cases;
using BankPortal.Web.Features.Fraud.Lists;

namespace BankPortal.Web.Features.Fraud;

/// <summary>Maps the endpoints of the module Fraud.</summary>
internal static class FraudWebApplicationExtensions
{
    /// <summary>Maps the downloads.</summary>
    public static WebApplication MapFraud(this WebApplication app)
    {
        CasesExport.Map(app);
        AlertsExport.Map(app);
        ListsExport.Map(app);
        return app;
    }
}
