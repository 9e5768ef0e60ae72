namespace BankPortal.Tests.Components;

[UnitTest]
public sealed class BankNavigationTests
{
    [Fact]
    public void For_Customer_HasAccountsAndMoneyButNoWork()
    {
        var titles = BankNavigation.For(Person(BankRoles.Customer)).Select(section => section.Title).ToArray();

        Assert.Equal(["Accounts", "Move money", "You"], titles);
        Assert.Equal(BankRoutes.Dashboard, BankNavigation.HomeOf(Person(BankRoles.Customer)));
    }

    [Theory]
    [InlineData(BankRoles.Analyst)]
    [InlineData(BankRoles.Admin)]
    public void For_Staff_HasWorkButNoAccounts(string role)
    {
        var titles = BankNavigation.For(Person(role)).Select(section => section.Title).ToArray();

        Assert.Contains("Work", titles);
        Assert.DoesNotContain("Accounts", titles);
        Assert.Equal(BankRoutes.Staff, BankNavigation.HomeOf(Person(role)));
    }

    [Fact]
    public void For_Manager_HasReportsRatesAndLoans()
    {
        var sections = BankNavigation.For(Person(BankRoles.Manager)).ToArray();

        Assert.Equal(["Work", "Reports", "Products", "Lending", "You"], sections.Select(section => section.Title));
        Assert.Contains(sections[2].Items, item => item.Href == BankRoutes.Products);
    }

    [Fact]
    public void For_Administrator_HasUsersAndSystem() =>
        Assert.Superset(
            new HashSet<string> { BankRoutes.AdminUsers, BankRoutes.AdminSystem, BankRoutes.Audit, BankRoutes.SetAsideEvents },
            BankNavigation.For(Person(BankRoles.Admin)).SelectMany(section => section.Items).Select(item => item.Href).ToHashSet());

    [Fact]
    public void For_Visitor_IsEmpty() => Assert.Empty(BankNavigation.For(new ClaimsPrincipal(new ClaimsIdentity())));

    private static ClaimsPrincipal Person(string role) => new(new ClaimsIdentity([new Claim(ClaimTypes.Role, role)], "test"));
}
