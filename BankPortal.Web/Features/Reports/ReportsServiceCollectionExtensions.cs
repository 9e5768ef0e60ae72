using BankPortal.Infrastructure.Reports;

namespace BankPortal.Web.Features.Reports;

/// <summary>Registers the module Reports.</summary>
internal static class ReportsServiceCollectionExtensions
{
    /// <summary>Adds reports with their pages.</summary>
    public static IServiceCollection AddReportsFeature(this IServiceCollection services)
    {
        services.AddReports();
        return services;
    }
}
