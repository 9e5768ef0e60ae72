using BankPortal.Core.Administration.Users;
using BankPortal.Infrastructure.Administration.Users;
using BankPortal.Infrastructure.Audit;
using BankPortal.Infrastructure.Dynamo.Approvals;
using BankPortal.Infrastructure.Identity.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Administration;

/// <summary>Registers the module Administration.</summary>
public static class AdministrationServiceCollectionExtensions
{
    /// <summary>Adds the administration of users. Needs the modules Identity and Accounts, and an <c>IPasswordLinks</c>.</summary>
    public static IServiceCollection AddAdministration(this IServiceCollection services)
    {
        services.AddAudit();
        services.AddSecurityEvents();
        services.AddApprovals();
        services.TryAddSingleton<IUserDirectory>(static provider => new UserDirectory(
            provider.GetRequiredService<UserRows>(),
            provider.GetRequiredService<BankUserMapper>(),
            new UpperInvariantLookupNormalizer(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IUserAdministration, UserAdministration>();
        services.TryAddScoped<UserDesk>();
        return services;
    }
}
