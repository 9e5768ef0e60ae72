using BankPortal.Core.Products.Bookings;
using BankPortal.Infrastructure.Dynamo.Jobs;
using BankPortal.Infrastructure.Products;
using BankPortal.Web.Components.Products;

namespace BankPortal.Web.Features.Products;

/// <summary>Registers the module Products.</summary>
internal static class ProductsServiceCollectionExtensions
{
    /// <summary>Adds products with their pages and the job that posts interest and fees.</summary>
    public static IServiceCollection AddProductsFeature(this IServiceCollection services)
    {
        services.AddProducts();
        services.AddSingleton<ShownTermsReader>();
        services.AddBankJob<InterestJob>();
        return services;
    }
}
