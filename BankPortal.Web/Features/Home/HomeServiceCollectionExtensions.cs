namespace BankPortal.Web.Features.Home;

/// <summary>Registers the start pages.</summary>
internal static class HomeServiceCollectionExtensions
{
    /// <summary>Adds what the start pages of staff show of other modules. Needs the module Reports.</summary>
    public static IServiceCollection AddHomeFeature(this IServiceCollection services)
    {
        services.AddSingleton<IManagerHeadlines, ReportManagerHeadlines>();
        return services;
    }
}
