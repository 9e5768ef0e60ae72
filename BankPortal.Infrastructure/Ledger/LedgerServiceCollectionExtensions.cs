using BankPortal.Core.Ledger.Holds;
using BankPortal.Core.Ledger.Import;
using BankPortal.Core.Ledger.Notes;
using BankPortal.Core.Ledger.Payees;
using BankPortal.Core.Ledger.Reconciliation;
using BankPortal.Core.Ledger.Verification;
using BankPortal.Infrastructure.Accounts;
using BankPortal.Infrastructure.Audit;
using BankPortal.Infrastructure.Dynamo.Documents;
using BankPortal.Infrastructure.Dynamo.Engine;
using BankPortal.Infrastructure.Dynamo.Events;
using BankPortal.Infrastructure.Dynamo.Jobs;
using BankPortal.Infrastructure.Ledger.Notes;
using BankPortal.Infrastructure.Ledger.Payees;
using BankPortal.Infrastructure.Ledger.Posting;
using BankPortal.Infrastructure.Ledger.Reconciliation;
using BankPortal.Infrastructure.Ledger.Transfers;
using BankPortal.Infrastructure.Ledger.Verification;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Ledger;

/// <summary>Registers the module Ledger.</summary>
public static class LedgerServiceCollectionExtensions
{
    /// <summary>
    /// Adds posting, transfers, history, holds, verification, reconciliation and import, configured by the sections <c>Ledger</c> and
    /// <c>Reconciliation</c>, with the module Accounts. Needs a <c>DynamoDatabase</c>, an <c>IFieldProtector</c>, an
    /// <c>ICustomerDirectory</c>, an <c>ICustomerRegistry</c>, an <c>IRelatedPersonStore</c> and a <c>StepUpPolicy</c>.
    /// </summary>
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.AddValidatedOptions<LedgerOptions, LedgerOptionsValidator>(LedgerOptions.Section);
        services.AddValidatedOptions<ReconciliationOptions, ReconciliationOptionsValidator>(ReconciliationOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddAudit();
        services.AddEvents();
        services.AddAccounts();

        services.AddSingleton<LedgerItems>();
        services.AddSingleton<LedgerWitness>();
        services.AddSingleton<IDatabaseCheck>(provider => provider.GetRequiredService<LedgerWitness>());
        services.AddSingleton<ILedgerStore, DynamoLedgerStore>();
        services.AddSingleton<ITransferFeedReader, DynamoTransferFeedReader>();
        services.AddSingleton<ILedgerAudit, DynamoLedgerAudit>();
        services.AddSingleton<IPayeeStore, DynamoPayeeStore>();

        services.AddSingleton<LedgerRules>();
        services.AddSingleton<TransferFeed>();
        services.AddSingleton<LedgerService>();
        services.AddSingleton<HoldExpiry>();
        services.AddSingleton<TransferService>();
        services.AddSingleton<PayeeService>();
        services.AddSingleton<HistoryService>();
        services.AddSingleton<TransactionDesk>();
        services.AddDocuments();
        services.AddSingleton<DynamoNoteStore>();
        services.AddSingleton<ITransactionNoteStore>(provider => provider.GetRequiredService<DynamoNoteStore>());
        services.AddSingleton<ISavedFilterStore>(provider => provider.GetRequiredService<DynamoNoteStore>());
        services.AddSingleton<TransactionNoteService>();
        services.AddSingleton<SavedFilterService>();
        services.AddSingleton(provider => new LedgerVerifier(provider.GetRequiredService<ILedgerAudit>()));
        services.AddSingleton<ImportService>();

        services.AddSingleton<IReconciliationReader, DynamoReconciliationReader>();
        services.AddSingleton<IReconciliationStore, DynamoReconciliationStore>();
        services.AddSingleton<ReconciliationService>();
        services.AddBankJob<ReconciliationJob>();
        return services;
    }
}
