using BankPortal.Core.Administration.Operation;
using BankPortal.Core.Administration.Users;
using BankPortal.Infrastructure.Administration.Users;
using BankPortal.Infrastructure.Audit;
using BankPortal.Infrastructure.Dynamo.Approvals;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Administration;

/// <summary>Registers the module Administration.</summary>
public static class AdministrationServiceCollectionExtensions
{
    /// <summary>Adds the administration of users and the view of jobs. Needs the modules Identity and Accounts, jobs, and an
    /// <c>IPasswordLinks</c>.</summary>
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
        services.TryAddSingleton<OperationDesk>();
        return services;
    }
}
