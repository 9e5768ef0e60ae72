using BankPortal.Web.Features.Fraud.Desk;
using BankPortal.Web.Features.Fraud.Lists;
using Microsoft.AspNetCore.Components;

namespace BankPortal.Tests.Fraud.Desk;

/// <summary>Lists, accounts and customers on the desk's pages.</summary>
public sealed class DeskPageTests : BankPageContext
{
    public DeskPageTests() => SignInStaff("fay", "Fay Analyst", BankRoles.Analyst);

    [Fact]
    public async Task Account_FrozenWithAReason_ShowsTheStateAndWhoDidIt()
    {
        var account = await Bank.OpenAsync(Ann, 100);
        var page = Account(account.Id);
        Assert.Contains(account.Number.Grouped, page.Find("h1").TextContent);

        Button(page, "Freeze…").Click();
        Overlays.Find(".mud-dialog textarea").Input("Card stolen");
        Button(page, "Freeze the account").Click();

        page.WaitForAssertion(() => Assert.Contains("This account is frozen.", page.Find(".note").TextContent));
        Assert.Contains("Fay Analyst", page.Find(".note").TextContent);
        Assert.Contains("Card stolen", page.Find(".action-list").TextContent);
        Assert.Equal(AccountStatus.Frozen, (await Bank.FindAsync(account)).Status);

        Button(page, "Unfreeze…").Click();
        Overlays.Find(".mud-dialog textarea").Input("Card replaced");
        Button(page, "Unfreeze the account").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".note")));
        Assert.Equal(["account.freeze", "account.unfreeze"], AuditStore.Records.Select(record => record.Action));
    }

    [Fact]
    public async Task Account_PutOnAList_ShowsItThere()
    {
        var account = await Bank.OpenAsync(Ann, 100);
        var page = Account(account.Id);

        Button(page, "Put on a list…").Click();
        await ChooseAsync("List", BankPortal.Core.Fraud.Engine.RiskLists.Blocked);
        Assert.Contains("refused", Overlays.Find(".mud-dialog .field-hint").TextContent);
        Overlays.Find(".mud-dialog textarea").Input("Mule account");
        Button(page, "Put on the list").Click();

        page.WaitForAssertion(() => Assert.Contains("Mule account", page.Find(".subject-lists").TextContent));
        Assert.Equal(
            (BankPortal.Core.Fraud.Engine.RiskLists.Blocked, account.Id),
            (await RiskLists.FindAsync(account.Id))[0] is var entry ? (entry.List, entry.SubjectId) : default
        );
    }

    [Fact]
    public async Task Account_OfSomebodyRelated_OffersNothingAndSaysWhy()
    {
        var account = await Bank.OpenAsync(Ann, 100);
        Bank.Related.Relate("fay", "ann");

        var page = Account(account.Id);

        Assert.StartsWith("Somebody of your household owns this account.", page.Find("#conflict").TextContent, StringComparison.Ordinal);
        Assert.Equal(3, page.FindAll(".page-head button[disabled]").Count);
    }

    [Theory]
    [InlineData("Freeze…", "Freeze", "Freeze this account?")]
    [InlineData("Put on a list…", "List", "on a list?")]
    public async Task Account_WithAStaleSecondFactor_AsksForACodeAndGoesOn(string button, string action, string question)
    {
        var account = await Bank.OpenAsync(Ann, 100);
        SetSecondFactor(null, "fay");
        Navigation.NavigateTo($"/fraud/accounts/{account.Id}");
        var page = Account(account.Id);

        Button(page, button).Click();

        var returnTo = $"/fraud/accounts/{account.Id}?do={action}";
        page.WaitForAssertion(() =>
            Assert.EndsWith("/identity/verify?returnUrl=" + Uri.EscapeDataString(returnTo), Navigation.Uri, StringComparison.Ordinal));
        SetSecondFactor(Bank.Time.GetUtcNow(), "fay");
        Navigation.NavigateTo(returnTo);
        Account(account.Id);
        Overlays.WaitForAssertion(() => Assert.Contains(question, Overlays.Find(".mud-dialog").TextContent));
    }

    [Fact]
    public void Customer_SomebodyRelated_OffersNothingAndSaysWhy()
    {
        Bank.Related.Relate("fay", "ben", RelationKind.Employer);

        var page = Customer("ben");

        Assert.StartsWith("An employer of yours is the person this is about.", page.Find("#conflict").TextContent, StringComparison.Ordinal);
        Assert.Equal(3, page.FindAll(".page-head button[disabled]").Count);
    }

    [Fact]
    public void Customer_WithAStaleSecondFactor_AsksForACodeAndGoesOn()
    {
        SetSecondFactor(null, "fay");
        Navigation.NavigateTo("/fraud/customers/ben");
        var page = Customer("ben");

        Button(page, "Block sign-in…").Click();

        page.WaitForAssertion(() => Assert.Contains("/identity/verify?returnUrl=%2Ffraud%2Fcustomers%2Fben%3Fdo%3DBlock", Navigation.Uri));
        SetSecondFactor(Bank.Time.GetUtcNow(), "fay");
        Navigation.NavigateTo("/fraud/customers/ben?do=Block");
        Customer("ben");
        Overlays.WaitForAssertion(() => Assert.Contains("Block this customer's sign-in?", Overlays.Find(".mud-dialog").TextContent));
    }

    [Fact]
    public async Task Lists_EntryOfSomebodyRelated_CannotBeChangedAndSaysWhy()
    {
        var now = Bank.Time.GetUtcNow();
        await RiskLists.TryPutAsync(
            new ListEntry("ben", ListedKind.Customer, BankPortal.Core.Fraud.Engine.RiskLists.Blocked, now.AddDays(1), "Why", "otto", now), null);
        Bank.Related.Relate("fay", "ben");

        var page = Ready(Render<ListsPage>());

        var buttons = page.FindAll(".listed-actions button");
        Assert.Equal(2, buttons.Count);
        Assert.All(buttons, button => Assert.True(button.HasAttribute("disabled")));
        Assert.Contains("Somebody of your household is the person this is about.", page.Markup);
    }

    [Theory]
    [InlineData("Add", "Add", "Put on a list")]
    [InlineData("Remove…", "Remove&item=ben.blocked", "Remove this entry?")]
    public async Task Lists_WithAStaleSecondFactor_AskForACodeAndGoOn(string button, string action, string question)
    {
        var now = Bank.Time.GetUtcNow();
        await RiskLists.TryPutAsync(
            new ListEntry("ben", ListedKind.Customer, BankPortal.Core.Fraud.Engine.RiskLists.Blocked, now.AddDays(1), "Why", "otto", now), null);
        SetSecondFactor(null, "fay");
        var page = Ready(Open<ListsPage>("/fraud/lists"));

        Button(page, button).Click();

        var returnTo = "/fraud/lists?do=" + action;
        page.WaitForAssertion(() =>
            Assert.EndsWith("/identity/verify?returnUrl=" + Uri.EscapeDataString(returnTo), Navigation.Uri, StringComparison.Ordinal));
        SetSecondFactor(Bank.Time.GetUtcNow(), "fay");
        Ready(Open<ListsPage>(returnTo));
        Overlays.WaitForAssertion(() => Assert.Contains(question, Overlays.Find(".mud-dialog").TextContent));
    }

    [Fact]
    public async Task LookUp_ByNumber_GoesToTheAccount()
    {
        var account = await Bank.OpenAsync(Ann);
        var page = Account(null);

        page.Find("#number").Input("12");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("this has 2", page.Find("#number-error").TextContent));
        page.Find("#number").Input(account.Number.Grouped);
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.EndsWith("/fraud/accounts/" + account.Id, Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Customer_SignInBlockedAndUnblocked_EndsSessionsAndIsRecorded()
    {
        await Bank.OpenAsync(Ann, 100);
        Access.Sessions["ann"] = [new("s1", "Chrome on Windows", "203.0.113.7", Bank.Time.GetUtcNow(), Bank.Time.GetUtcNow(), null)];
        var page = Customer("ann");
        Assert.Contains("Chrome on Windows", page.Markup, StringComparison.Ordinal);

        Button(page, "Block sign-in…").Click();
        Overlays.Find(".mud-dialog textarea").Input("Account taken over");
        Button(page, "Block signing in").Click();

        page.WaitForAssertion(() => Assert.Contains("Signing in is blocked", page.Find(".note").TextContent));
        Assert.Contains("Fay Analyst: Account taken over", page.Find(".note").TextContent);
        Assert.DoesNotContain("Chrome on Windows", page.Markup, StringComparison.Ordinal);
        Assert.True(Access.Blocked.ContainsKey("ann"));

        Button(page, "Let sign in again…").Click();
        Overlays.Find(".mud-dialog textarea").Input("Spoke with her in the branch");
        Button(page, "Lift the block").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".note")));
        Assert.Equal(["customer.block-sign-in", "customer.unblock-sign-in"], AuditStore.Records.Select(record => record.Action));
    }

    [Fact]
    public async Task Customer_WithTransfers_DrawsWhoPaidWhomWithATableBehindIt()
    {
        var (mine, bens) = (await Bank.OpenAsync(Ann, 500), await Bank.OpenAsync(Ben));
        await PayAsync(mine, bens, 30);
        await PayAsync(mine, bens, 40);

        var page = Customer("ann");

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("svg.links-wide, svg.links-narrow").Count));
        var node = page.Find(".links-wide a.links-person");
        Assert.Equal(("/fraud/customers/ben", "Ben Baker"), (node.GetAttribute("href"), node.GetAttribute("aria-label")));
        Assert.Contains("$70.00 (2)", page.Find(".links-wide .links-sum").TextContent);
        Assert.Contains("$70.00", page.Find(".links-table tbody tr").TextContent);
    }

    [Fact]
    public async Task Lists_AddedByNumberExtendedAndRemoved_FollowWithoutReload()
    {
        var account = await Bank.OpenAsync(Ann);
        var page = Ready(Render<ListsPage>());
        Assert.Contains("Nobody is on a list", page.Find(".empty-title").TextContent);

        Button(page, "Add").Click();
        Overlays.Find(".mud-dialog textarea").Input("Reported");
        Button(page, "Put on the list").Click();
        Overlays.WaitForAssertion(() => Assert.Contains("Enter the account number", Overlays.Find(".mud-dialog .field-error[role=alert]").TextContent));
        Overlays.Find(".mud-dialog input").Input(account.Number.Digits);
        Button(page, "Put on the list").Click();
        page.WaitForAssertion(() => Assert.Contains("Ann Archer", page.Find(".mud-table-body .mud-table-row").TextContent));

        var until = Assert.Single(await RiskLists.ListAsync(10)).Until;
        Button(page, "Extend…").Click();
        await ChooseAsync("For how long", 90);
        Overlays.Find(".mud-dialog textarea").Input("Still going on");
        Button(page, "Extend it").Click();
        page.WaitForAssertion(() => Assert.Contains("Still going on", page.Find(".mud-table-body .mud-table-row").TextContent));
        Assert.Equal(until.AddDays(60), Assert.Single(await RiskLists.ListAsync(10)).Until);

        Button(page, "Remove…").Click();
        Overlays.Find(".mud-dialog textarea").Input("Over");
        Button(page, "Remove it").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".mud-table-body .mud-table-row")));
        Assert.Equal(["list.add", "list.extend", "list.remove"], AuditStore.Records.Select(record => record.Action));
    }

    [Fact]
    public async Task Lists_Filtered_ShowWhatMatchesAndEndedOnesOnlyWhenAsked()
    {
        var (mine, bens) = (await Bank.OpenAsync(Ann), await Bank.OpenAsync(Ben));
        var now = Bank.Time.GetUtcNow();
        await RiskLists.TryPutAsync(
            new ListEntry(mine.Id, ListedKind.Account, BankPortal.Core.Fraud.Engine.RiskLists.Watched, now.AddDays(1), "One", "fay", now),
            null
        );
        await RiskLists.TryPutAsync(
            new ListEntry(bens.Id, ListedKind.Account, BankPortal.Core.Fraud.Engine.RiskLists.Blocked, now.AddDays(-1), "Two", "fay", now),
            null
        );
        var page = Ready(Render<ListsPage>());
        Assert.Contains("Ann Archer", Assert.Single(page.FindAll(".mud-table-body .mud-table-row")).TextContent);

        page.Find(".lists-ended input").Change(true);
        Assert.Equal(2, page.FindAll(".mud-table-body .mud-table-row").Count);
        page.Find("#list-text").Input("baker");
        Assert.Contains("Ended", Assert.Single(page.FindAll(".mud-table-body .mud-table-row")).TextContent);
        page.Find("#list-text").Input("nobody");
        Assert.Contains("Nothing matches", page.Find(".empty-title").TextContent);
    }

    [Theory]
    [InlineData(BankRoles.Customer), InlineData(BankRoles.Manager), InlineData(BankRoles.Compliance)]
    public async Task EveryPage_ByOthers_ShowsNothing(string role)
    {
        var account = await Bank.OpenAsync(Ann, 123);
        SignInStaff("ann", "Ann Archer", role);

        IRenderedComponent<IComponent>[] pages = [Account(account.Id), Account(null), Customer("ann"), Ready(Render<ListsPage>())];

        Assert.All(pages, page => Assert.Contains("no access", page.Find(".empty-title").TextContent));
        Assert.All(pages, page => Assert.DoesNotContain("$123.00", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Layout_OfAGraph_PutsNobodyOnAnother()
    {
        GraphPerson[] people =
        [
            new("r", "R", 0, 0, null),
            .. Enumerable.Range(0, 8).Select(i => new GraphPerson("f" + i, "F", 1, i % 2 == 0 ? -1 : 1, null)),
            .. Enumerable.Range(0, 10).Select(i => new GraphPerson("s" + i, "S", 2, i % 2 == 0 ? -2 : 2, "f" + (i % 8))),
        ];
        var graph = new LinkGraph("r", [.. people], [], 0, null);

        foreach (var layout in new[] { LinkLayout.Wide(graph), LinkLayout.Narrow(graph) })
        {
            Assert.Equal(people.Length, layout.Places.Count);
            var boxes = layout.Places.Values.ToList();
            foreach (var (x, y) in boxes)
            {
                Assert.InRange(x, 0, layout.Width - layout.BoxWidth);
                Assert.InRange(y, 0, layout.Height - LinkLayout.BoxHeight);
                Assert.Single(boxes, other => Math.Abs(other.X - x) < layout.BoxWidth && Math.Abs(other.Y - y) < LinkLayout.BoxHeight);
            }
        }
    }

    private AngleSharp.Dom.IElement Button<T>(IRenderedComponent<T> page, string text)
        where T : IComponent =>
        Buttons(page).Single(button => button.TextContent.Trim() == text);

    private static IRenderedComponent<T> Ready<T>(IRenderedComponent<T> page)
        where T : IComponent
    {
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".skeleton")));
        return page;
    }

    private IRenderedComponent<AccountFilePage> Account(string? id) =>
        Ready(Render<AccountFilePage>(parameters => parameters.Add(p => p.Id, id)));

    private IRenderedComponent<CustomerFilePage> Customer(string id) =>
        Ready(Render<CustomerFilePage>(parameters => parameters.Add(p => p.Id, id)));

    private Task<BankPortal.Core.Common.Result<Transfer>> PayAsync(Account from, Account to, decimal amount) =>
        Bank.Ledger.ExecuteAsync(
            new TransferOrder
            {
                Actor = Ann,
                IdempotencyKey = "pay-" + amount.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Kind = TransferKind.Transfer,
                DebitAccountId = from.Id,
                CreditAccountId = to.Id,
                Amount = LedgerWorld.Usd(amount),
                DuplicateConfirmed = true,
            }
        );
}
