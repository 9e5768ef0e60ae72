using BankPortal.Infrastructure.Audit;

namespace BankPortal.Web.Features.Audit;

/// <summary>Registers the module Audit with its pages.</summary>
internal static class AuditServiceCollectionExtensions
{
    /// <summary>Adds the audit log's page, verification, export and daily anchor.</summary>
    public static IServiceCollection AddAuditFeature(this IServiceCollection services)
    {
        services.AddAuditLog();
        return services;
    }
}
