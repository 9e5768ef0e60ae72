using BankPortal.Core.Products.Bookings;
using BankPortal.Core.Products.Terms;
using BankPortal.Infrastructure.Products.Bookings;
using BankPortal.Infrastructure.Products.Terms;

namespace BankPortal.Infrastructure.Products;

/// <summary>Registers the module Products.</summary>
public static class ProductsServiceCollectionExtensions
{
    /// <summary>
    /// Adds terms, interest and fees and their DynamoDB stores, configured by the section <c>Products</c>. Needs the modules Accounts,
    /// Analytics, Audit and Ledger.
    /// </summary>
    public static IServiceCollection AddProducts(this IServiceCollection services)
    {
        services.AddValidatedOptions<ProductOptions, ProductOptionsValidator>(ProductOptions.Section);
        services.AddSingleton<ITermsStore, DynamoTermsStore>();
        services.AddSingleton<IBookingStore, DynamoBookingStore>();
        services.AddSingleton<TermsService>();
        services.AddSingleton<BookingService>();
        services.AddSingleton<BookingRun>();
        services.AddSingleton<IClosingStep, ClosingInterest>();
        services.AddSingleton<ProductView>();
        return services;
    }
}
