using BankPortal.Core.Lending;
using BankPortal.Core.Lending.Applications;
using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Import;
using BankPortal.Core.Lending.Offers;
using BankPortal.Core.Lending.Performance;
using BankPortal.Infrastructure.Dynamo.Approvals;
using BankPortal.Infrastructure.Dynamo.Events;
using BankPortal.Infrastructure.Dynamo.Jobs;
using BankPortal.Infrastructure.Lending.Book;
using BankPortal.Infrastructure.Lending.Offers;
using BankPortal.Infrastructure.Lending.Performance;

namespace BankPortal.Infrastructure.Lending;

/// <summary>Registers the module Lending.</summary>
public static class LendingServiceCollectionExtensions
{
    /// <summary>
    /// Adds loans, their DynamoDB stores and the job that collects instalments, configured by the section <c>Lending</c>. Needs the
    /// modules Accounts, Analytics, Audit, Identity and Ledger.
    /// </summary>
    public static IServiceCollection AddLending(this IServiceCollection services)
    {
        services.AddValidatedOptions<LendingOptions, LendingOptionsValidator>(LendingOptions.Section);
        services.AddEvents();
        services.AddApprovals();
        services.AddSingleton<LendingClock>();
        services.AddSingleton<ILoanStore, DynamoLoanStore>();
        services.AddSingleton<ILoanProductStore, DynamoLoanProductStore>();
        services.AddSingleton<LoanProductService>();
        services.AddSingleton<AffordabilityService>();
        services.AddSingleton<LoanRunner>();
        services.AddSingleton<LoanService>();
        services.AddSingleton<LoanDesk>();
        services.AddSingleton<ILoanBookDayStore, DynamoLoanBookDayStore>();
        services.AddSingleton<LoanBookCloser>();
        services.AddSingleton<LoanPerformance>();
        services.AddSingleton<LoanImportService>();
        services.AddBankJob<LoanCollectionJob>();
        services.AddBankJob<LoanBookJob>();
        return services;
    }
}
