using BankPortal.Core.Audit;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Audit;

/// <summary>Registers the room Audit.</summary>
public static class AuditServices
{
    /// <summary>Adds the audit trail. Expects a <c>DynamoDatabase</c> and an <c>IFieldProtector</c>. May be asked for by every room that needs it.</summary>
    public static IServiceCollection AddBankAudit(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AuditItems>();
        services.TryAddSingleton<IAuditStore, DynamoAuditStore>();
        services.TryAddSingleton<IAuditTrail, AuditTrail>();
        return services;
    }
}
