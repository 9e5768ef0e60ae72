using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Accounts;

/// <summary>Registers the module Accounts.</summary>
public static class AccountsServiceCollectionExtensions
{
    /// <summary>
    /// Adds accounts and their DynamoDB store, configured by the section <c>Accounts</c>. Needs a <c>DynamoDatabase</c>, an
    /// <c>IFieldProtector</c> and an <c>ICustomerDirectory</c>. Every module that needs it may call this.
    /// </summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddValidatedOptions<AccountOptions, AccountOptionsValidator>(AccountOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AccountItems>();
        services.TryAddSingleton<IAccountStore, DynamoAccountStore>();
        services.TryAddSingleton<AccountService>();
        return services;
    }
}
