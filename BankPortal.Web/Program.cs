using BankPortal.Infrastructure.Accounts;
using BankPortal.Infrastructure.Analytics;
using BankPortal.Infrastructure.Dynamo;
using BankPortal.Infrastructure.Lending;
using BankPortal.Infrastructure.Scheduling;
using BankPortal.Infrastructure.Statements;
using BankPortal.Web.Features.Administration;
using BankPortal.Web.Features.Analytics;
using BankPortal.Web.Features.Audit;
using BankPortal.Web.Features.Demo;
using BankPortal.Web.Features.Fraud;
using BankPortal.Web.Features.Home;
using BankPortal.Web.Features.Identity;
using BankPortal.Web.Features.Ledger;
using BankPortal.Web.Features.Notifications;
using BankPortal.Web.Features.Products;
using BankPortal.Web.Features.Reports;
using BankPortal.Web.Features.Statements;
using BankPortal.Web.Hosting.Commands;

return await RunAsync(args, Console.Error);

/// <summary>The portal's entry point; named so that tests can refer to it.</summary>
public partial class Program
{
    /// <summary>Serves pages or runs a command, to the end.</summary>
    /// <param name="args">The arguments of the process.</param>
    /// <param name="errors">Where the message about a failed start goes.</param>
    /// <returns>The process's exit code.</returns>
    internal static Task<int> RunAsync(string[] args, TextWriter errors) =>
        // The commands that run instead of serving pages, one line each.
        new CommandLine(args, errors)
            .Add<CreateTablesCommand>()
            .Add<ImportCommand>()
            .Add<ImportLoansCommand>()
            .Add<RebuildDaysCommand>()
            .Add<RotateKeysCommand>()
            .Add<VerifyAuditCommand>()
            .Add<VerifyDaysCommand>()
            .Add<VerifyLedgerCommand>()
            .RunAsync(
                static builder =>
                {
                    // The modules, one line each. A module with pages of its own is added with them (Feature).
                    builder.Services.AddHosting();
                    builder.Services.AddDynamo();
                    builder.Services.AddNotificationsFeature();
                    builder.Services.AddIdentityFeature(builder.Environment);
                    builder.Services.AddAuditFeature();
                    builder.Services.AddAccounts();
                    builder.Services.AddAdministrationFeature();
                    builder.Services.AddLedgerFeature();
                    builder.Services.AddAnalytics();
                    builder.Services.AddProductsFeature();
                    builder.Services.AddStatements();
                    builder.Services.AddScheduling();
                    builder.Services.AddLending();
                    builder.Services.AddFraudFeature(builder.Environment);
                    builder.Services.AddReportsFeature();
                    builder.Services.AddHomeFeature();
                    builder.Services.AddDemoFeature(builder.Configuration, builder.Environment);
                },
                static app =>
                {
                    // The middleware of every request, in order.
                    app.UseHosting();
                    app.UseIdentity();
                    app.UseForms();

                    // The endpoints, one line per module.
                    app.MapHosting();
                    app.MapIdentity();
                    app.MapAudit();
                    app.MapLedger();
                    app.MapStatements();
                    app.MapAnalytics();
                    app.MapFraud();
                    app.MapReports();
                });
}
