using BankPortal.Core.Statements;
using BankPortal.Web.Features.Statements;

namespace BankPortal.Tests.Statements;

/// <summary>The choice of statements and the page of one.</summary>
public sealed class StatementPagesTests : BankPageContext
{
    [Fact]
    public void Choose_NoAccount_SaysWhatToDo()
    {
        var page = Open<StatementsPage>("/statements");

        Assert.Equal("No statements yet", page.Find(".empty-title").TextContent);
        Assert.Equal("/account/create", page.Find(".empty a").GetAttribute("href"));
    }

    [Fact]
    public async Task Choose_AnAccount_ListsItsPeriodsNewestFirst()
    {
        var account = await SceneAsync();

        var page = Open<StatementsPage>("/statements");

        Assert.Equal(
            ["March 2026", "February 2026", "January 2026", "Year 2026", "1st quarter 2026"],
            page.FindAll(".statements-name").Select(link => link.TextContent));
        Assert.Equal(
            ["March 2026", "Year 2026", "1st quarter 2026"],
            page.FindAll(".statements-line").Where(line => line.QuerySelector(".badge") is not null)
                .Select(line => line.QuerySelector(".statements-name")!.TextContent));
        Assert.Equal($"/statements/{account.Id}/2026-02", page.FindAll(".statements-name")[1].GetAttribute("href"));
        Assert.Equal($"/statements/{account.Id}/2026-02/pdf", page.FindAll(".statements-file")[1].GetAttribute("href"));
    }

    [Fact]
    public async Task Choose_AFormat_ChangesTheDownloadsAndTheAddress()
    {
        var account = await SceneAsync();
        var page = Open<StatementsPage>("/statements");

        page.Find("#statements-format").Change("camt053");

        page.WaitForAssertion(() =>
            Assert.Equal($"/statements/{account.Id}/2026-02/camt053", page.FindAll(".statements-file")[1].GetAttribute("href")));
        Assert.Contains("format=camt053", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(
            "Download February 2026 as CAMT.053", page.FindAll(".statements-file")[1].GetAttribute("aria-label"));
    }

    [Fact]
    public async Task Choose_AnotherAccount_ShowsItsPeriods()
    {
        await SceneAsync();
        var savings = await Bank.OpenAsync(Ann, type: AccountType.Savings);
        var page = Open<StatementsPage>("/statements");

        page.Find("#statements-account").Change(savings.Id);

        page.WaitForAssertion(() => Assert.Equal(
            ["March 2026", "Year 2026", "1st quarter 2026"],
            page.FindAll(".statements-name").Select(link => link.TextContent)));
    }

    [Theory]
    [InlineData("", "", "Enter the first day.", "Enter the last day.")]
    [InlineData("2026-02-10", "2026-02-01", "", "The last day is before the first day. Choose a later last day.")]
    [InlineData("2026-01-01", "2026-02-01", "The account was opened on 15 Jan 2026. Choose that day or a later one.", "")]
    [InlineData("2025-11-01", "2025-12-01", "", "The account was opened on 15 Jan 2026. Choose that day or a later one.")]
    [InlineData("2026-03-01", "2026-03-03", "", "This day is still to come. Choose today or an earlier day.")]
    [InlineData("2026-03-03", "2026-03-04", "This day is still to come. Choose today or an earlier day.", "")]
    public async Task OwnDays_ThatAreNotPossible_SaysSoNextToTheField(string from, string to, string fromError, string toError)
    {
        await SceneAsync();
        var page = Open<StatementsPage>("/statements");
        page.Find("#from").Change(from);
        page.Find("#to").Change(to);

        page.Find("form.statements-own").Submit();

        Assert.Equal(fromError, ErrorOf("from"));
        Assert.Equal(toError, ErrorOf("to"));
        Assert.EndsWith("/statements", Navigation.Uri, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("form.statements-own a[download]"));

        string ErrorOf(string field) => page.Find($"#{field}-error").TextContent.Trim();
    }

    [Fact]
    public async Task OwnDays_ThatArePossible_LeadToTheStatementAndItsFile()
    {
        var account = await SceneAsync();
        var page = Open<StatementsPage>("/statements?format=csv");
        page.Find("#from").Change("2026-02-03");
        page.Find("#to").Change("2026-03-01");

        Assert.Equal(
            $"/statements/{account.Id}/2026-02-03_2026-03-01/csv",
            page.Find("form.statements-own a[download]").GetAttribute("href"));
        page.Find("form.statements-own").Submit();

        Assert.EndsWith($"/statements/{account.Id}/2026-02-03_2026-03-01", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statement_OfAMonth_ShowsSumsAndRunningBalances()
    {
        var account = await SceneAsync();

        var page = Show(account.Id, "2026-02");

        Assert.Equal("February 2026", page.Find("h1").TextContent);
        Assert.Equal(["$100.00", "$1.23", "$14.50", "$86.73"], page.FindAll(".stat-value [aria-hidden]").Select(value => value.TextContent));
        Assert.Equal(
            ["Opening balance", "Blue <Café>", "Interest", "Account fee", "Closing balance"],
            page.FindAll(".statement-what").Select(cell => (cell.QuerySelector("a") ?? cell).TextContent.Trim()));
        Assert.Equal(
            ["100.00", "90.50", "91.73", "86.73", "86.73"],
            page.FindAll(".statement-balance [aria-hidden]").Select(cell => cell.TextContent));
        Assert.Contains("1 movement, interest", page.FindAll(".stat-hint")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("2 movements, fees", page.FindAll(".stat-hint")[2].TextContent, StringComparison.Ordinal);
        Assert.Equal(7, page.FindAll(".statement-files a[download]").Count);
        Assert.Empty(page.FindAll(".note-attention"));
        Assert.Contains(StatementText.HoldsNote, page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_001, 7)]
    [InlineData(10_001, 6)] // no PDF
    [InlineData(100_001, 0)]
    public async Task Statement_LongerThanAFormatTakes_SaysSoInPlaceOfTheFile(int movements, int files)
    {
        var account = await SceneAsync();
        await new AccountDayService(AccountDays, Bank.Store, Bank.Rules, NullLogger<AccountDayService>.Instance)
            .CloseAsync(account.Id, TestContext.Current.CancellationToken);
        var day = AccountDays.AllOf(account.Id).Single(closed => closed.Day == new DateOnly(2026, 2, 5));
        AccountDays.Put(day with { DebitCount = movements - 2 });

        var page = Show(account.Id, "2026-02");

        Assert.Equal(files, page.FindAll(".statement-files a[download]").Count);
        Assert.Equal(7 - files, page.FindAll(".statement-toolong").Count);
        Assert.Equal(files == 7 ? 1 : 0, page.FindAll("a.btn-primary[download]").Count);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"This page shows the first 1,000 of {movements:N0} movements."), page.Markup, StringComparison.Ordinal);
        if (files < 7)
        {
            Assert.Contains("10,000 movements at most. Choose fewer days.", page.Markup, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Statement_OfThisMonth_SaysThatItIsProvisional()
    {
        var account = await SceneAsync();

        var page = Show(account.Id, "2026-03");

        Assert.Contains("Provisional.", page.Find(".note-attention").TextContent, StringComparison.Ordinal);
        Assert.Contains("No movements in this period.", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-12", "The account was opened on 15 Jan 2026. Choose that day or a later one.")]
    [InlineData("2027-01", "This day is still to come. Choose today or an earlier day.")]
    [InlineData("banana", "There is no such period. Choose a month, a quarter, a year or your own days.")]
    public async Task Statement_ThatIsNotPossible_SaysWhy(string period, string sentence)
    {
        var account = await SceneAsync();

        Assert.Equal(sentence, Show(account.Id, period).Find(".empty-text").TextContent);
    }

    [Fact]
    public async Task Statement_OfSomebodyElse_IsNotFound()
    {
        var account = await Bank.OpenAsync(Ben, 100);

        var page = Show(account.Id, "2026-03");

        Assert.Equal("We could not find that statement", page.Find(".empty-title").TextContent);
        Assert.DoesNotContain("100.00", page.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<StatementPage> Show(string accountId, string period) =>
        Render<StatementPage>(page => page.Add(p => p.AccountId, accountId).Add(p => p.PeriodName, period));

    private async Task<Account> SceneAsync()
    {
        var account = await Bank.OpenAsync(Ann);
        await Bank.PostAsync(account, 100, "Wages", TransferKind.Salary, At(1, 15));
        await Bank.PostAsync(account, -9.5m, "Blue <Café>", TransferKind.Purchase, At(2, 5));
        await Bank.PostAsync(account, 1.23m, "", TransferKind.Interest, At(2, 28));
        await Bank.PostAsync(account, -5, "Account fee", TransferKind.Fee, At(2, 28));
        return account;

        static DateTimeOffset At(int month, int day) => new(2026, month, day, 12, 0, 0, TimeSpan.Zero);
    }
}
