namespace BankPortal.Web.Features.Statements;

/// <summary>The endpoints of the module Statements.</summary>
internal static class StatementsWebApplicationExtensions
{
    /// <summary>Maps the download of statements.</summary>
    public static WebApplication MapStatements(this WebApplication app)
    {
        StatementDownloads.Map(app);
        return app;
    }
}
