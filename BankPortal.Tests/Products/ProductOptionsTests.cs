using BankPortal.Core.Products.Terms;
using BankPortal.Infrastructure.Products;

namespace BankPortal.Tests.Products;

[UnitTest]
public sealed class ProductOptionsTests
{
    [Fact]
    public void Check_ShippedTerms_AreValid() => Assert.Empty(ErrorsOf(new ProductOptions()));

    [Fact]
    public void Check_WrongTerms_NamesEachSetting()
    {
        var errors = ErrorsOf(new ProductOptions
        {
            From = new DateOnly(1999, 12, 31),
            RetryFeesForDays = 0,
            Savings = new ConfiguredTerms { Rate = -1, HigherFrom = 100, HigherRate = 26 },
            Checking = new ConfiguredTerms { HigherRate = 2, MonthlyFee = -1, FreeMovements = 2 },
        });

        foreach (var setting in new[]
        {
            "Products:From", "Products:RetryFeesForDays", "Products:Savings:Rate", "Products:Savings:HigherRate",
            "Products:Checking:HigherRate", "Products:Checking:MonthlyFee", "Products:Checking:FreeMovements",
        })
        {
            Assert.Contains(errors, error => error.StartsWith(setting + " ", StringComparison.Ordinal));
        }
    }

    private static IReadOnlyList<string> ErrorsOf(ProductOptions options)
    {
        var errors = new OptionsErrors("Products");
        new ProductOptionsValidator().Check(options, errors);
        return errors.All;
    }
}
