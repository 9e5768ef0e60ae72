using BankPortal.Core.Lending.Book;
using BankPortal.Web.Features.Lending.Desk;
using BankPortal.Web.Features.Lending.Loans;
using static BankPortal.Tests.Lending.LoanSamples;

namespace BankPortal.Tests.Lending;

public sealed class LoanPageTests : BankPageContext
{
    private readonly LendingBank _bank;

    public LoanPageTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
        _bank = Lending;
    }

    [Fact]
    public async Task Loans_NoneYet_ShowsOffersWithTheirCosts()
    {
        await _bank.OpenAsync();
        var page = Open<LoansPage>("/loans");
        page.WaitForAssertion(() => Assert.Contains("You have no loans", page.Markup, StringComparison.Ordinal));
        Assert.Contains("7.9 % a year, 1 % fee when it is paid out", page.Find("#loan-offers").ParentElement!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/loans/apply?product=personal", page.Find("a[aria-label='Calculate: Personal loan']").GetAttribute("href"));
    }

    [Fact]
    public async Task Apply_WrongInput_SaysSoAtTheFields()
    {
        await _bank.OpenAsync();
        var page = Open<LoanApplyPage>(WithKey("/loans/apply", out _));
        page.WaitForElement("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("Choose a loan", page.Find("#product-error").TextContent, StringComparison.Ordinal));
        Assert.Contains("Enter a whole number", page.Find("#months-error").TextContent, StringComparison.Ordinal);

        page.Find("#product").Change("personal");
        page.Find("#amount").Input("60000");
        page.Find("#months").Input("12");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("Enter an amount from $500.00 to $50,000.00", page.Find("#amount-error").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Apply_ReviewedAndSigned_IsHandedInOnce()
    {
        await _bank.OpenAsync();
        var page = Open<LoanApplyPage>(WithKey("/loans/apply", out _));
        page.WaitForElement("#product").Change("personal");
        page.Find("#amount").Input("10000");
        page.Find("#months").Input("12");
        page.WaitForAssertion(() => Assert.Contains("Every month $869.42", Plain(page.Find("[role=status]").TextContent), StringComparison.Ordinal));
        page.Find("form").Submit();

        var review = page.WaitForElement("form[aria-labelledby=review-title]");
        Assert.Contains("You pay in all", review.TextContent, StringComparison.Ordinal);
        Assert.Equal(12, page.FindAll("details tbody tr").Count);
        page.Find("form[aria-labelledby=review-title]").Submit();

        page.WaitForAssertion(() => Assert.Matches("/loans/[0-9A-Z]{20}$", Navigation.Uri));
        var loan = Assert.Single(await _bank.Service.ListAsync(Ann));
        Assert.Equal((LoanStatus.Applied, Usd(10_000), 12), (loan.Status, loan.Terms.Amount, loan.Terms.Months));
    }

    [Fact]
    public async Task Loan_RepayMore_ShowsWhatItSavesBeforeItIsPaid()
    {
        var loan = await _bank.LendAsync(balance: 5_000);
        var page = Open<LoanPage>("/loans/" + loan.Id, parameters => parameters.Add(p => p.LoanId, loan.Id));
        page.WaitForElement("#early-title");
        page.Find("#amount").Input("3000");
        page.Find("form[aria-labelledby=early-title]").Submit();
        page.WaitForAssertion(() => Assert.Contains("You save", page.Find("[aria-label='What it changes']").TextContent, StringComparison.Ordinal));
        Press(page, "Repay $3,000.00");
        Confirm("Repay now");
        page.WaitForAssertion(() => Assert.Contains("Repaid early, shorter term", page.Find("#events").ParentElement!.ParentElement!.TextContent, StringComparison.Ordinal));
        Assert.Equal(Usd(7_000), (await _bank.StateAsync(loan)).Outstanding);
    }

    [Fact]
    public async Task Loan_Overdue_CanBePaidAndSaysHowLate()
    {
        var loan = await _bank.LendAsync();
        await Bank.PostAsync(_bank.Account, -9_900);
        Bank.Time.Advance(TimeSpan.FromDays(35));
        await _bank.RunAsync();
        await Bank.PostAsync(_bank.Account, 100);
        SignInAnnAgain();
        var page = Open<LoanPage>("/loans/" + loan.Id, parameters => parameters.Add(p => p.LoanId, loan.Id));
        page.WaitForElement("#pay-title");
        Assert.Contains("days late", page.Find(".note-attention").TextContent, StringComparison.Ordinal);
        page.Find("#amount").Input("500");
        page.Find("form[aria-labelledby=pay-title]").Submit();
        page.WaitForAssertion(() => Assert.Contains("not enough money", page.Find("#amount-error").TextContent, StringComparison.Ordinal));
        page.Find("#amount").Input("60");
        page.Find("form[aria-labelledby=pay-title]").Submit();
        page.WaitForAssertion(() => Assert.Contains("Payment", page.Find("#events").ParentElement!.ParentElement!.TextContent, StringComparison.Ordinal));
        Assert.Equal(40, await _bank.BalanceAsync());
    }

    [Fact]
    public async Task Loan_OfSomebodyElse_IsNotFound()
    {
        var loan = await _bank.LendAsync();
        var ben = await _bank.Service.GetAsync(Ben, loan.Id);
        Assert.IsType<NotFoundError>(ben.Error);
        var id = DerivedId.Random();
        var page = Open<LoanPage>("/loans/" + id, parameters => parameters.Add(p => p.LoanId, id));
        page.WaitForAssertion(() => Assert.Contains("We could not find that loan", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Desk_ApplicationDecided_PaysTheLoanOut()
    {
        var loan = await _bank.ApplyAsync();
        SignInMaria();
        var queue = Open<LendingPage>("/lending");
        queue.WaitForAssertion(() => Assert.Contains("Ann Archer", queue.Find("tbody").TextContent, StringComparison.Ordinal));
        Assert.Equal("/lending/book/" + loan.Id, queue.Find("tbody a").GetAttribute("href"));

        var page = Open<LoanFilePage>("/lending/book/" + loan.Id, parameters => parameters.Add(p => p.LoanId, loan.Id));
        page.WaitForElement("section[aria-label='Decision: Application']");
        Press(page, "Grant the loan…");
        GiveReason("Income is enough", "Approve");
        page.WaitForAssertion(() => Assert.Contains("Paid out", page.Find("#file-events").ParentElement!.ParentElement!.TextContent, StringComparison.Ordinal));
        Assert.Equal(9_900, await _bank.BalanceAsync());
        Assert.Contains(AuditStore.Records, record => record.Action == "loan.view");
    }

    [Fact]
    public async Task Desk_OwnHousehold_CannotDecide()
    {
        var loan = await _bank.ApplyAsync();
        SignInMaria();
        Bank.Related.Relate("maria", "ann");
        var page = Open<LoanFilePage>("/lending/book/" + loan.Id, parameters => parameters.Add(p => p.LoanId, loan.Id));
        page.WaitForElement("#loan-conflict");
        Assert.All(page.FindAll("section[aria-label='Decision: Application'] button"), button => Assert.True(button.HasAttribute("disabled")));
    }

    [Fact]
    public async Task Book_ByBucket_ListsOnlyLateLoans()
    {
        await _bank.LendAsync();
        await Bank.PostAsync(_bank.Account, -9_900);
        Bank.Time.Advance(TimeSpan.FromDays(63));
        await _bank.RunAsync();
        SignInMaria();
        var page = Open<LoanBookPage>("/lending/book?bucket=Days30To59");
        page.WaitForAssertion(() => Assert.Contains("Ann Archer", page.Markup, StringComparison.Ordinal));
        page = Open<LoanBookPage>("/lending/book?bucket=Current");
        page.WaitForAssertion(() => Assert.Contains("No loans here", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Products_Changed_AreCheckedAndSaved()
    {
        SignInMaria();
        var page = Open<LoanProductsPage>("/lending/products");
        page.WaitForElement("button[aria-label='Change: Car loan']").Click();
        page.Find("#rate").Input("-1");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("Enter a rate from 0", page.Markup, StringComparison.Ordinal));
        page.Find("#rate").Input("4.9");
        page.Find("form").Submit();
        GiveReason("Rates fell", "Save");
        page.WaitForAssertion(() => Assert.Contains("4.9 % a year", page.Find("tbody").TextContent, StringComparison.Ordinal));
        Assert.Equal(4.9m, (await _bank.Products.FindAsync("car"))!.Rate);
    }

    private void SignInMaria()
    {
        SignInStaff("maria", "Maria Manager", BankRoles.Manager);
        SetSecondFactor(Bank.Time.GetUtcNow(), "maria");
    }

    private static void Press<TPage>(IRenderedComponent<TPage> page, string text)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        page.FindAll("button").First(button => button.TextContent.Trim() == text).Click();

    private void Confirm(string text) =>
        Overlays.WaitForElement(".dialog-actions .btn:last-child", TimeSpan.FromSeconds(5)).ParentElement!.QuerySelectorAll("button")
            .First(button => button.TextContent.Trim() == text).Click();

    private void GiveReason(string reason, string confirm)
    {
        Overlays.WaitForElement("[role=dialog] textarea", TimeSpan.FromSeconds(5)).Input(reason);
        Confirm(confirm);
    }

    private IRenderedComponent<TPage> Open<TPage>(string address, Action<ComponentParameterCollectionBuilder<TPage>> parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        Navigation.NavigateTo(address);
        _ = Overlays;
        return Render(parameters);
    }

    private static string Plain(string text) => Regex.Replace(text, @"\s+", " ").Trim();
}
