using BankPortal.Core.Ledger.Holds;
using BankPortal.Core.Ledger.Import;
using BankPortal.Core.Ledger.Payees;
using BankPortal.Core.Ledger.Reconciliation;
using BankPortal.Core.Ledger.Verification;
using BankPortal.Infrastructure.Accounts;
using BankPortal.Infrastructure.Audit;
using BankPortal.Infrastructure.Ledger.Payees;
using BankPortal.Infrastructure.Ledger.Posting;
using BankPortal.Infrastructure.Ledger.Reconciliation;
using BankPortal.Infrastructure.Ledger.Transfers;
using BankPortal.Infrastructure.Ledger.Verification;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Ledger;

/// <summary>Registers the rooms Accounts and Ledger.</summary>
public static class LedgerServices
{
    /// <summary>
    /// Adds the services and DynamoDB stores of accounts and ledger, configured by the sections <c>Accounts</c>,
    /// <c>Ledger</c> and <c>Reconciliation</c>. Expects a <c>DynamoDatabase</c>, an
    /// <c>IFieldProtector</c> and an <c>ICustomerDirectory</c>, <c>ICustomerRegistry</c> and a <c>StepUpPolicy</c>.
    /// </summary>
    public static IServiceCollection AddBankLedger(this IServiceCollection services)
    {
        services.AddValidatedOptions<AccountOptions, AccountOptionsRules>("Accounts");
        services.AddValidatedOptions<LedgerOptions, LedgerOptionsRules>("Ledger");
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<AccountOptions>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<LedgerOptions>>().Value);

        services.AddBankAudit();
        services.AddSingleton<AccountItems>();
        services.AddSingleton<LedgerItems>();
        services.AddSingleton<IAccountStore, DynamoAccountStore>();
        services.AddSingleton<ILedgerStore, DynamoLedgerStore>();
        services.AddSingleton<ITransferFeedReader, DynamoTransferFeedReader>();
        services.AddSingleton<ILedgerAudit, DynamoLedgerAudit>();
        services.AddSingleton<IPayeeStore, DynamoPayeeStore>();

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AccountService>();
        services.AddSingleton<LedgerRules>();
        services.AddSingleton<TransferFeed>();
        services.AddSingleton<LedgerService>();
        services.AddSingleton<HoldExpiry>();
        services.AddSingleton<TransferService>();
        services.AddSingleton<HistoryService>();
        services.AddSingleton<TransactionDesk>();
        services.AddSingleton(provider => new LedgerVerifier(provider.GetRequiredService<ILedgerAudit>()));
        services.AddSingleton<ImportService>();

        services.AddValidatedOptions<ReconciliationOptions, ReconciliationOptionsRules>("Reconciliation");
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ReconciliationOptions>>().Value);
        services.AddSingleton<IReconciliationReader, DynamoReconciliationReader>();
        services.AddSingleton<IReconciliationStore, DynamoReconciliationStore>();
        services.AddSingleton<ReconciliationService>();
        return services;
    }
}
