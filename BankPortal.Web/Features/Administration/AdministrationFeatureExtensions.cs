using BankPortal.Infrastructure.Administration;

namespace BankPortal.Web.Features.Administration;

/// <summary>Registers the module Administration with its pages.</summary>
internal static class AdministrationFeatureExtensions
{
    /// <summary>Adds the administration of users.</summary>
    public static IServiceCollection AddAdministrationFeature(this IServiceCollection services)
    {
        services.AddAdministration();
        return services;
    }
}
