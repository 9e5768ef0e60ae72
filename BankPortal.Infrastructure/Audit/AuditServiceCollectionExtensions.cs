using BankPortal.Core.Audit;
using BankPortal.Core.Audit.Chain;
using BankPortal.Infrastructure.Audit.Chain;
using BankPortal.Infrastructure.Dynamo.Jobs;
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
        services.TryAddSingleton<AuditChainWriter>();
        services.TryAddSingleton<IAuditStore, DynamoAuditStore>();
        services.TryAddSingleton<IAuditTrail, AuditTrail>();
        return services;
    }

    /// <summary>
    /// Adds the security events and their store. Needs the same as <see cref="AddAudit"/>. Nothing is stored until somebody calls
    /// <see cref="SecurityEventLog.FlushAsync"/>, as the portal does every second.
    /// </summary>
    public static IServiceCollection AddSecurityEvents(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AuditChainWriter>();
        services.TryAddSingleton<ISecurityEventStore, DynamoSecurityEventStore>();
        services.TryAddSingleton<SecurityEventLog>();
        services.TryAddSingleton<ISecurityEvents>(static provider => provider.GetRequiredService<SecurityEventLog>());
        return services;
    }

    /// <summary>Adds reading, verification and export of the audit log, and the job that anchors it daily. Needs the same as
    /// <see cref="AddAudit"/> and an <c>IStaffDirectory</c>.</summary>
    public static IServiceCollection AddAuditLog(this IServiceCollection services)
    {
        services.AddAudit();
        services.AddSecurityEvents();
        services.TryAddSingleton<IAuditChainStore, DynamoAuditChainStore>();
        services.TryAddSingleton<IAuditSigner, AuditSigner>();
        services.TryAddSingleton<IAuditTexts, AuditTexts>();
        services.TryAddSingleton<AuditVerifier>();
        services.TryAddSingleton<AuditExport>();
        services.TryAddSingleton<AuditLogService>();
        services.AddBankJob<AuditAnchorJob>();
        return services;
    }
}
