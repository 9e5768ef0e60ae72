using BankPortal.Core.Analytics.Categories;

namespace BankPortal.Tests.Analytics.Categories;

[UnitTest]
public sealed class CategoriserTests
{
    [Theory]
    [InlineData("Greenleaf Market", "Groceries", TransferKind.Purchase, "groceries")]
    [InlineData("Corner Grocer", "Groceries", TransferKind.Purchase, "groceries")]
    [InlineData("Lucia's Trattoria", "Card purchase", TransferKind.Purchase, "dining")]
    [InlineData("Blue Door Coffee", "Card purchase", TransferKind.Purchase, "dining")]
    [InlineData("Cinema Rex", "Card purchase", TransferKind.Purchase, "entertainment")]
    [InlineData("City Transit", "Card purchase", TransferKind.Purchase, "transport")]
    [InlineData("Fuel Stop 24", "Card purchase", TransferKind.Purchase, "transport")]
    [InlineData("Well & Good Pharmacy", "Card purchase", TransferKind.Purchase, "health")]
    [InlineData("Harbor Electronics", "Card purchase", TransferKind.Purchase, "shopping")]
    [InlineData("Streamly", "Monthly subscription", TransferKind.Purchase, "subscriptions")]
    [InlineData("Oakfield Property", "Rent", TransferKind.Payment, "housing")]
    [InlineData("City Power & Gas", "Electricity and gas", TransferKind.Payment, "utilities")]
    [InlineData("Clearline Telecom", "Mobile and internet", TransferKind.Payment, "phone")]
    [InlineData("Somebody", "", TransferKind.Transfer, "people")]
    [InlineData("Barnes", "", TransferKind.Purchase, "shopping")]
    [InlineData("", "INTER BANK", TransferKind.Transfer, "people")]
    [InlineData("", "POS", TransferKind.Purchase, "shopping")]
    [InlineData("", "", TransferKind.Withdrawal, "cash")]
    [InlineData("", "", TransferKind.Fee, "fees")]
    public void ByRules_MoneyOut_HasTheShippedCategory(string counterparty, string description, TransferKind kind, string category) =>
        Assert.Equal(category, new Categoriser(new CategoryBook()).ByRules(new(kind, false, false, counterparty, description)));

    [Theory]
    [InlineData("PAY/SALARY", TransferKind.Payment, "salary")]
    [InlineData("Salary", TransferKind.Salary, "salary")]
    [InlineData("Dinner, thank you!", TransferKind.Transfer, "received")]
    [InlineData("", TransferKind.Deposit, "cash-in")]
    [InlineData("", TransferKind.Interest, "interest")]
    public void ByRules_MoneyIn_IsIncome(string description, TransferKind kind, string category) =>
        Assert.Equal(category, new Categoriser(new CategoryBook()).ByRules(new(kind, true, false, "", description)));

    [Fact]
    public void ByRules_ReversalOfAPurchase_BelongsToThePurchase() =>
        Assert.Equal("dining", new Categoriser(new CategoryBook()).ByRules(new(TransferKind.Reversal, true, false, "Noodle House", "")));

    [Fact]
    public void ByRules_OwnRules_NewestMatchWins()
    {
        var book = new CategoryBook
        {
            Rules =
            [
                new("rule-1", "noodle", false, false, "groceries"),
                new("rule-2", "noodle house", true, false, "travel"),
                new("rule-3", "NOODLE", false, true, "refunds"),
                new("rule-4", "noodle", false, false, "own-9"),
            ],
        };

        Assert.Equal("travel", Category("Noodle House"));
        Assert.Equal("groceries", Category("Noodle Shop"));

        string Category(string name) => new Categoriser(book).ByRules(new(TransferKind.Purchase, false, false, name, ""));
    }

    [Fact]
    public void All_Ids_AreDistinctAndEveryRuleHasOne()
    {
        Assert.Equal(ShippedCategories.All.Length, ShippedCategories.All.Select(c => c.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(ShippedCategories.Excluded, ShippedCategories.All[^1].Id);
    }

    [Fact]
    public void ByRules_NameOfACategory_IsThatCategory() =>
        Assert.All(
            ShippedCategories.All.Where(c => c is { IsIncome: false, Id: not (ShippedCategories.Excluded) }),
            c => Assert.Equal(c.Id, new Categoriser(new CategoryBook()).ByRules(new(TransferKind.Purchase, false, false, "", c.Name))));
}
