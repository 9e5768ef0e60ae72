using BankPortal.Infrastructure.Accounts;
using BankPortal.Infrastructure.Analytics;
using BankPortal.Infrastructure.Audit;
using BankPortal.Infrastructure.Dynamo.Approvals;
using BankPortal.Infrastructure.Dynamo.Documents;
using BankPortal.Infrastructure.Dynamo.Events;
using BankPortal.Infrastructure.Dynamo.Jobs;
using BankPortal.Infrastructure.Dynamo.Runs;
using BankPortal.Infrastructure.Fraud;
using BankPortal.Infrastructure.Identity;
using BankPortal.Infrastructure.Ledger;
using BankPortal.Infrastructure.Lending;
using BankPortal.Infrastructure.Notifications;
using BankPortal.Infrastructure.Products;
using BankPortal.Infrastructure.Reports;
using BankPortal.Infrastructure.Scheduling;

namespace BankPortal.Infrastructure.Dynamo.Schema;

/// <summary>Lists every table of the bank, module by module.</summary>
public static class BankTables
{
    /// <summary>All tables, in the order of the modules.</summary>
    public static ImmutableArray<TableSpec> All { get; } =
    [
        .. AccountTables.All,
        .. AnalyticsTables.All,
        .. AuditTables.All,
        .. DocumentTables.All,
        .. FraudTables.All,
        .. IdentityTables.All,
        .. LedgerTables.All,
        .. LendingTables.All,
        .. ProductTables.All,
        .. ReportTables.All,
        .. SchedulingTables.All,
        .. JobTables.All,
        .. RunTables.All,
        .. EventTables.All,
        .. NotificationTables.All,
        .. ApprovalTables.All,
    ];

    /// <summary>
    /// The table that readiness writes a row of its own to, <c>health</c>. Nothing of the bank is derived from this table, and it is
    /// read by key.
    /// </summary>
    public static TableSpec WriteProbe => LedgerTables.Reconciliation;
}
