using System.Security.Claims;
using Microsoft.AspNetCore.Components.Routing;

namespace BankPortal.Web.Components.Layout;

/// <summary>
/// The one list of what the side navigation shows. A module adds its pages here; hiding a link is a courtesy only,
/// each page guards itself.
/// </summary>
public static class BankNavigation
{
    public static ImmutableArray<NavSection> Sections { get; } =
    [
        new("Accounts", [BankRoles.Customer],
        [
            new("Dashboard", BankRoutes.Dashboard, IconName.Dashboard),
            new("History", BankRoutes.History, IconName.History),
            new("Statements", BankRoutes.Statements, IconName.Table),
            new("Analytics", BankRoutes.Analytics, IconName.Chart, NavLinkMatch.All),
            new("Budgets", BankRoutes.Budgets, IconName.Folder),
            new("Categories", BankRoutes.Categories, IconName.Filter),
            new("Open an account", BankRoutes.OpenAccount, IconName.Plus),
        ]),
        new("Move money", [BankRoles.Customer],
        [
            new("Transfer", BankRoutes.Transfer, IconName.Transfer),
            new("Standing orders", BankRoutes.StandingOrders, IconName.Calendar),
            new("Requests", BankRoutes.Requests, IconName.Mail),
            new("Payees", BankRoutes.Payees, IconName.User),
            new("Deposit", BankRoutes.Deposit, IconName.Deposit),
            new("Withdraw", BankRoutes.Withdraw, IconName.Withdraw),
            new("Loans", BankRoutes.Loans, IconName.Bank),
        ]),
        new("Work", [.. BankRoles.Staff],
        [
            new("Overview", BankRoutes.Staff, IconName.Dashboard, NavLinkMatch.All),
            new("Related persons", BankRoutes.RelatedPersons, IconName.User),
        ]),
        new("Reports", [BankRoles.Manager, BankRoles.Compliance],
        [
            new("All reports", BankRoutes.Reports, IconName.Chart, NavLinkMatch.All),
            new("Build a report", BankRoutes.BuildReport, IconName.Plus),
            new("Background reports", BankRoutes.ReportRuns, IconName.Clock),
        ]),
        new("Products", [BankRoles.Manager, BankRoles.Admin],
        [
            new("Rates and fees", BankRoutes.Products, IconName.Bank),
        ]),
        new("Lending", [BankRoles.Manager, BankRoles.Admin],
        [
            new("Loan decisions", BankRoutes.Lending, IconName.Check, NavLinkMatch.All),
            new("Loan book", BankRoutes.LoanBook, IconName.Folder),
            new("Loan performance", BankRoutes.LoanPerformance, IconName.Chart),
            new("Loan products", BankRoutes.LoanProducts, IconName.Wallet),
        ]),
        new("Ledger", [BankRoles.Analyst, BankRoles.Compliance, BankRoles.Admin],
        [
            new("Reconciliation", BankRoutes.Reconciliation, IconName.Shield),
        ]),
        new("Fraud desk", [BankRoles.Analyst, BankRoles.Admin],
        [
            new("Live monitor", BankRoutes.FraudLive, IconName.Monitor),
            new("Held transfers", BankRoutes.FraudQueue, IconName.Pause),
            new("Cases", BankRoutes.FraudCases, IconName.Folder),
            new("Alerts", BankRoutes.FraudAlerts, IconName.Alert),
            new("Lists", BankRoutes.FraudLists, IconName.Table),
            new("Accounts", BankRoutes.FraudAccounts, IconName.Wallet),
            new("Rules", BankRoutes.FraudRules, IconName.Filter),
            new("Transactions", BankRoutes.StaffTransactions, IconName.Search),
        ]),
        new("Compliance", [BankRoles.Compliance],
        [
            new("Cases", BankRoutes.FraudCases, IconName.Folder),
            new("Audit log", BankRoutes.Audit, IconName.History),
        ]),
        new("Administration", [BankRoles.Admin],
        [
            new("Users", BankRoutes.AdminUsers, IconName.User),
            new("Audit log", BankRoutes.Audit, IconName.History),
            new("Undelivered messages", BankRoutes.SetAsideEvents, IconName.Mail),
        ]),
        new("You", [],
        [
            new("Notifications", BankRoutes.Notifications, IconName.Bell),
            new("Security", BankRoutes.Security, IconName.Shield),
            new("Profile", BankRoutes.Profile, IconName.User),
        ]),
    ];

    /// <summary>The sections this person sees, in order.</summary>
    public static IEnumerable<NavSection> For(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true
            ? Sections.Where(section => section.Roles.IsEmpty || section.Roles.Any(user.IsInRole))
            : [];

    /// <summary>Where a person lands after signing in.</summary>
    public static string HomeOf(ClaimsPrincipal user) =>
        BankRoles.Staff.Any(user.IsInRole) ? BankRoutes.Staff : BankRoutes.Dashboard;
}
