namespace BankPortal.Web.Features.Audit;

/// <summary>The endpoints of the module Audit.</summary>
internal static class AuditWebApplicationExtensions
{
    /// <summary>Maps the export of the audit log.</summary>
    public static WebApplication MapAudit(this WebApplication app)
    {
        AuditExportEndpoint.Map(app);
        return app;
    }
}
