using BankPortal.Infrastructure.Analytics;
using BankPortal.Infrastructure.Dynamo;
using BankPortal.Infrastructure.Fraud;
using BankPortal.Infrastructure.Identity;
using BankPortal.Infrastructure.Ledger;
using BankPortal.Infrastructure.Notifications;
using BankPortal.Web.Features.Demo;
using BankPortal.Web.Features.Fraud.Cases;
using BankPortal.Web.Features.Fraud.Desk;
using BankPortal.Web.Features.Fraud.Rules;
using BankPortal.Web.Features.Fraud.Simulation;
using BankPortal.Web.Features.Identity.SignIn;
using BankPortal.Web.Features.Ledger;
using BankPortal.Web.Features.Ledger.History;
using BankPortal.Web.Features.Ledger.Reconciliation;
using BankPortal.Web.Hosting.Commands;
using BankPortal.Web.Hosting.Health;

var builder = WebApplication.CreateBuilder(CommandLine.SettingsIn(args));

// What each room of the bank needs. One line per room.
builder.AddBankShell();
builder.Services.AddBankDynamo();
builder.Services.AddBankIdentity(builder.Configuration);
builder.Services.AddBankLedger();
builder.Services.AddBankFraud();
builder.Services.AddBankNotifications();
builder.Services.AddBankAnalytics();
builder.AddBankLedgerWork();
builder.AddBankRules();
builder.AddBankDesk();
builder.AddBankCaseWork();
builder.AddBankTraffic();
builder.AddBankSessions();
builder.AddBankSignIn();
builder.AddBankReconciliation();
builder.AddBankDemo();

// What can be done from the command line instead of serving pages. One line per command.
builder.KeepOutputClean(args);
builder.Services.AddCommand<CreateTablesCommand>();
builder.Services.AddCommand<ImportCommand>();
builder.Services.AddCommand<RebuildDaysCommand>();
builder.Services.AddCommand<VerifyLedgerCommand>();

return await builder.Build().RunPortalAsync(args, static app =>
{
    // The way of a request, in order.
    app.UseBankShell();
    app.UseBankSignIn();
    app.UseBankSessions();
    app.UseBankForms();

    // What the portal answers to. One line per room.
    app.MapBankShell();
    app.MapBankSessions();
    app.MapBankSignIn();
    app.MapHistoryExport();
    app.MapBankHealth();
});

/// <summary>The portal's entry point; named so that tests can refer to it.</summary>
public partial class Program;
