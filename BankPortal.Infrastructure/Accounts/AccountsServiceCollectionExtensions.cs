using BankPortal.Infrastructure.Dynamo.Events;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Accounts;

/// <summary>Registers the module Accounts.</summary>
public static class AccountsServiceCollectionExtensions
{
    /// <summary>
    /// Adds accounts and their DynamoDB store, configured by the section <c>Accounts</c>. Needs a <c>DynamoDatabase</c>, an
    /// <c>IFieldProtector</c>, a <c>StepUpPolicy</c> and from Identity an <c>ICustomerDirectory</c>, an <c>IStaffDirectory</c> and an
    /// <c>IRelatedPersonStore</c>. Every module that needs it may call this.
    /// </summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddValidatedOptions<AccountOptions, AccountOptionsValidator>(AccountOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddEvents();
        services.TryAddSingleton<AccountItems>();
        services.TryAddSingleton<IAccountStore, DynamoAccountStore>();
        services.TryAddSingleton<ConflictsOfInterest>();
        services.TryAddSingleton<AccountService>();
        services.TryAddSingleton<RelatedPersonService>();
        return services;
    }
}
