using BankPortal.Infrastructure.Accounts;
using BankPortal.Infrastructure.Analytics;
using BankPortal.Infrastructure.Audit;
using BankPortal.Infrastructure.Fraud;
using BankPortal.Infrastructure.Identity;
using BankPortal.Infrastructure.Ledger;

namespace BankPortal.Infrastructure.Dynamo.Schema;

/// <summary>Every table of the bank: the rooms' own lists, one after another.</summary>
public static class BankTables
{
    /// <summary>All tables, in the order of the rooms.</summary>
    public static ImmutableArray<TableSpec> All { get; } =
    [
        .. AccountTables.All,
        .. AnalyticsTables.All,
        .. AuditTables.All,
        .. FraudTables.All,
        .. IdentityTables.All,
        .. LedgerTables.All,
    ];
}
