using BankPortal.Core.Audit;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Audit;

/// <summary>Registers the module Audit.</summary>
public static class AuditServiceCollectionExtensions
{
    /// <summary>
    /// Adds the audit trail. Needs a <c>DynamoDatabase</c> and an <c>IFieldProtector</c>. Every module that needs it may call
    /// this.
    /// </summary>
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AuditItems>();
        services.TryAddSingleton<IAuditStore, DynamoAuditStore>();
        services.TryAddSingleton<IAuditTrail, AuditTrail>();
        return services;
    }
}
