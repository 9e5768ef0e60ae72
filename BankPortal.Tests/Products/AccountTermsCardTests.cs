using BankPortal.Core.Products.Terms;
using BankPortal.Web.Features.Accounts;

namespace BankPortal.Tests.Products;

public sealed class AccountTermsCardTests : BankPageContext
{
    public AccountTermsCardTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");

    [Fact]
    public async Task Open_SavingsAccount_ShowsRatesEstimatePaidAndNextDate()
    {
        ProductOptions.Savings = new ConfiguredTerms { Rate = 5, HigherFrom = 10_000, HigherRate = 6.125m };
        await Terms.ReadAsync(AccountType.Savings);
        var account = await Bank.OpenAsync(Ann, 10_000, AccountType.Savings);
        Bank.Time.Advance(TimeSpan.FromDays(40)); // 2 March to 11 April
        await Bookings.BookAsync(await Bank.FindAsync(account), await Terms.ReadAsync(AccountType.Savings));

        SignInAnnAgain();
        var card = Render<AccountDetailsPage>(p => p.Add(c => c.Id, account.Id));

        card.WaitForAssertion(() => Assert.Contains("The part up to $10,000.00", card.Markup, StringComparison.Ordinal));
        Assert.Contains("6.125% a year", card.Markup, StringComparison.Ordinal);
        Assert.Contains("No fees.", card.Markup, StringComparison.Ordinal);
        Assert.Contains("Estimate for Apr 1, 2026 to Apr 10, 2026", card.Markup, StringComparison.Ordinal);
        Assert.Contains("$13.77", card.Markup, StringComparison.Ordinal); // 10 days of 10,041.09, 41.09 of it at 6.125 %
        Assert.Contains("$41.09", card.Markup, StringComparison.Ordinal); // 30 days of March
        Assert.Contains("May 1, 2026", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_CheckingAccountWithFees_SaysThemInPlainWordsAndWhatWasMissed()
    {
        ProductOptions.Checking = new ConfiguredTerms
        {
            MonthlyFee = 4.5m, MonthlyFeeWaivedFrom = 2_000, MovementFee = 1.5m, FreeMovements = 3,
        };
        await Terms.ReadAsync(AccountType.Checking);
        var account = await Bank.OpenAsync(Ann);
        Bank.Time.Advance(TimeSpan.FromDays(62)); // to 3 May: the fee of April cannot be charged
        await Bookings.BookAsync(await Bank.FindAsync(account), await Terms.ReadAsync(AccountType.Checking));

        SignInAnnAgain();
        var card = Render<AccountDetailsPage>(p => p.Add(c => c.Id, account.Id));

        card.WaitForAssertion(() => Assert.Contains(
            "$4.50 a month, free in a month in which every day ends with $2,000.00 or more.", card.Markup, StringComparison.Ordinal));
        Assert.Contains(
            "$1.50 for each withdrawal or transfer to somebody else after the first 3 in a month.", card.Markup, StringComparison.Ordinal);
        Assert.Contains("Monthly fee for April 2026", card.Find(".note").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Accrued", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AccountOfSomebodyElse_ShowsNothing()
    {
        var account = await Bank.OpenAsync(Ben, 10_000, AccountType.Savings);
        var card = Render<AccountDetailsPage>(p => p.Add(c => c.Id, account.Id));
        card.WaitForAssertion(() => Assert.Contains("We could not find that account", card.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Open_OpenAccountPage_ShowsTheTermsOfBothProducts()
    {
        var page = Open<OpenAccountPage>(WithKey("/account/create", out _));
        page.WaitForAssertion(() => Assert.Contains("1.50% to 2.00% a year, paid every month. No fees.", page.Markup, StringComparison.Ordinal));
        Assert.Contains("No interest. No fees.", page.Markup, StringComparison.Ordinal);
    }
}
