namespace BankPortal.Web.Features.Reports;

/// <summary>The endpoints of the module Reports.</summary>
internal static class ReportsWebApplicationExtensions
{
    /// <summary>Maps the downloads of reports.</summary>
    public static WebApplication MapReports(this WebApplication app)
    {
        app.MapReportExports();
        return app;
    }
}
