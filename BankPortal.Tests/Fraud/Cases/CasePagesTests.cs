using AngleSharp.Dom;
using BankPortal.Web.Components.Inputs;
using BankPortal.Web.Features.Fraud.Cases;
using CasePage = BankPortal.Web.Features.Fraud.Cases.CasePage;

namespace BankPortal.Tests.Fraud.Cases;

/// <summary>The pages of cases: the queue, a case, and alerts without one.</summary>
public sealed class CasePagesTests : BankPageContext
{
    private readonly Actor _fay;
    private readonly Actor _otto;
    private int _transfers;

    public CasePagesTests()
    {
        _otto = SignInStaff("otto", "Otto Other", BankRoles.Analyst);
        _fay = SignInStaff("fay", "Fay Analyst", BankRoles.Analyst);
        Staff.Add("fay", "Fay Analyst", BankRoles.Analyst);
        Staff.Add("otto", "Otto Other", BankRoles.Analyst);
        Staff.Add("cora", "Cora Compliance", BankRoles.Compliance);
    }

    [Fact]
    public async Task Queue_OfTheAddress_ShowsWhatItAsksFor()
    {
        var (anns, bens) = (await OpenAsync("ann"), await OpenAsync("ben", CaseKind.Compliance));
        await Service.AssignAsync(_fay, anns.Id, 1, "fay");

        var all = Open<CasesPage>("/fraud/cases");
        Assert.Equal(["Ann Archer", "Ben Baker"], Customers(all));
        Assert.Equal("page", all.Find("a.tab").GetAttribute("aria-current"));
        Assert.Equal(
            ["Open: 2", "New: 1", "Investigating: 1", "Escalated: 0", "Closed: 0"],
            all.FindAll("a.tab").Select(tab => tab.TextContent.Trim())
        );
        Assert.Equal($"/fraud/cases/{anns.Id}", all.Find(".case-link").GetAttribute("href"));

        Assert.Equal(["Ben Baker"], Customers(Open<CasesPage>("/fraud/cases?state=new")));
        Assert.Equal(["Ann Archer"], Customers(Open<CasesPage>("/fraud/cases?who=mine")));
        Assert.Equal(["Ben Baker"], Customers(Open<CasesPage>("/fraud/cases?who=unassigned&kind=compliance")));
        Assert.Equal(["Ann Archer", "Ben Baker"], Customers(Open<CasesPage>("/fraud/cases?state=nonsense&who=whoever&kind=9")));
        Assert.Equal(["Ann Archer", "Ben Baker"], Customers(Open<CasesPage>("/fraud/cases?after=" + new string('x', 2000))));
        Assert.Contains("Nothing is overdue", Open<CasesPage>("/fraud/cases?overdue=yes").Markup);
        Assert.NotEqual(anns.Id, bens.Id);
    }

    [Fact]
    public async Task Queue_TimeGoesBy_MarksWhatIsOverdueByItself()
    {
        await OpenAsync("ann", rules: new CaseRules(new CaseOptions { FraudDueAfter = TimeSpan.FromSeconds(90) }));
        var page = Open<CasesPage>("/fraud/cases");
        Assert.Contains("due in 1 minute", page.Find(".due").TextContent);
        Assert.Empty(page.FindAll(".is-late"));

        for (var i = 0; i < 8; i++)
        {
            Bank.Time.Advance(CaseWatchEvery);
        }

        page.WaitForAssertion(() => Assert.Contains("overdue by 1 minute", page.Find(".is-late .due").TextContent));
        Assert.Contains("Overdue: 1", page.Find(".chip-late").TextContent);
        Assert.Equal(["Ann Archer"], Customers(Open<CasesPage>("/fraud/cases?overdue=yes")));
    }

    [Fact]
    public async Task Queue_CaseOpenedMeanwhile_AppearsByItself()
    {
        var page = Open<CasesPage>("/fraud/cases");
        Assert.Contains("No open cases", page.Markup);

        await OpenAsync("ben");

        page.WaitForAssertion(() => Assert.Equal(["Ben Baker"], Customers(page)));
    }

    [Fact]
    public async Task Queue_CannotBeReadAgain_KeepsWhatItShowsAndSaysSo()
    {
        await OpenAsync("ann");
        var page = Open<CasesPage>("/fraud/cases");

        Cases.Fault = new TimeoutException("no answer");
        Bank.Time.Advance(CaseWatchEvery);
        page.WaitForAssertion(() => Assert.Contains("could not be read again", page.Find(".note-attention").TextContent));
        Assert.Equal(["Ann Archer"], Customers(page));

        Cases.Fault = null;
        Bank.Time.Advance(CaseWatchEvery);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".note-attention")));
    }

    [Fact]
    public async Task Queue_ComplianceOfficer_SeesTheirKindAlone()
    {
        await OpenAsync("ann");
        await OpenAsync("ben", CaseKind.Compliance);
        SignInStaff("cora", "Cora Compliance", BankRoles.Compliance);

        var page = Open<CasesPage>("/fraud/cases");

        Assert.Equal(["Ben Baker"], Customers(page));
        Assert.DoesNotContain(page.FindAll(".chip"), chip => chip.TextContent == "Fraud");
        Assert.Contains("No open cases", Open<CasesPage>("/fraud/cases?kind=fraud").Markup);
    }

    [Fact]
    public async Task Case_WithAnAlert_SaysWhyInPlainWords()
    {
        var found = await OpenAsync("ann", alert: Held(4800));

        var page = Show(found.Id);

        Assert.Equal("Ann Archer", page.Find("h1").TextContent);
        var alert = page.Find(".alert").TextContent;
        Assert.Contains("$4,800.00", alert);
        Assert.Contains("Held", alert);
        Assert.Contains(
            "Large transfer to a new payee. $4,800.00 to a payee the customer had not paid until the last 24 hours.",
            string.Join(' ', alert.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        );
        Assert.Contains("added an alert", page.Find(".timeline").TextContent);
    }

    [Fact]
    public async Task Close_WithoutDisposition_SaysSoNextToTheChoiceAndClosesWithOne()
    {
        var found = await OpenAsync("ann");
        var page = Show(found.Id);
        Button(page, "Close…").Click();

        Button(page, "Close the case").Click();
        Overlays.WaitForAssertion(() => Assert.Contains("Choose a disposition.", Overlays.Find("#case-disposition-error").TextContent));
        Assert.Equal("true", Overlays.Find(".mud-dialog fieldset").GetAttribute("aria-invalid"));

        Overlays.FindAll(".mud-dialog input[type=radio]")[0].Change("on");
        Button(page, "Close the case").Click();
        Overlays.WaitForAssertion(() => Assert.Contains("Enter the reason.", Overlays.Find(".mud-dialog").TextContent));
        Assert.Equal(CaseState.New, (await Cases.FindAsync(found.Id))!.State);

        Overlays.Find(".mud-dialog textarea").Input("Admitted it");
        Button(page, "Close the case").Click();
        page.WaitForAssertion(() => Assert.Equal("Confirmed fraud", page.Find(".case-head .badge").TextContent));
        Assert.Empty(Overlays.FindAll(".mud-dialog textarea"));
        Assert.Contains("closed the case as confirmed fraud", page.Find(".timeline").TextContent);
        Assert.Equal(CaseDisposition.ConfirmedFraud, (await Cases.FindAsync(found.Id))!.Disposition);
        Assert.Contains(page.FindAll("button"), button => button.TextContent.Trim() == "Reopen…");
    }

    [Fact]
    public async Task Close_CaseChangedMeanwhile_NamesWhoKeepsWhatWasTypedAndShowsItAsItIs()
    {
        var found = await OpenAsync("ann");
        var page = Show(found.Id);
        Button(page, "Close…").Click();
        Overlays.FindAll(".mud-dialog input[type=radio]")[2].Change("on");
        Overlays.Find(".mud-dialog textarea").Input("Looks fine to me");
        await Service.AssignAsync(_otto, found.Id, 1, "otto");

        Button(page, "Close the case").Click();

        Overlays.WaitForAssertion(() => Assert.Contains("Otto Other changed this case in the meantime", Overlays.Find(".mud-dialog").TextContent));
        Assert.Equal("Looks fine to me", Overlays.Find(".mud-dialog textarea").GetAttribute("value") ?? Overlays.Find(".mud-dialog textarea").TextContent);
        Assert.Contains("Otto Other", page.Find(".case-head .facts").TextContent);
        Assert.Equal(CaseState.Investigating, (await Cases.FindAsync(found.Id))!.State);

        // Seen as it is now, the same may be confirmed.
        Button(page, "Close the case").Click();
        page.WaitForAssertion(() => Assert.Equal("False positive", page.Find(".case-head .badge").TextContent));
    }

    [Fact]
    public async Task Case_ReadAgainWhileADialogIsOpen_StillRefusesWhatWasAskedOfTheOldState()
    {
        var found = await OpenAsync("ann");
        var page = Show(found.Id);
        Button(page, "Close…").Click();
        Overlays.FindAll(".mud-dialog input[type=radio]")[2].Change("on");
        Overlays.Find(".mud-dialog textarea").Input("Looks fine to me");

        // The page follows by itself, so the new state is behind the dialog before it is confirmed.
        await Service.AssignAsync(_otto, found.Id, 1, "otto");
        Bank.Time.Advance(CaseWatchEvery);
        page.WaitForAssertion(() => Assert.Contains("Otto Other", page.Find(".case-head .facts").TextContent));
        Assert.Equal("Looks fine to me", Overlays.Find(".mud-dialog textarea").GetAttribute("value") ?? Overlays.Find(".mud-dialog textarea").TextContent);
        Button(page, "Close the case").Click();

        Overlays.WaitForAssertion(() => Assert.Contains("Otto Other changed this case in the meantime", Overlays.Find(".mud-dialog").TextContent));
    }

    [Fact]
    public async Task Note_EmptyThenWritten_IsRefusedThenInTheTimeline()
    {
        var found = await OpenAsync("ann");
        var page = Show(found.Id);

        page.Find("form.case-note").Submit();
        page.WaitForAssertion(() => Assert.Contains("Enter a note.", page.Find("#case-note-error").TextContent));

        page.Find("#case-note").Input("Called.\nNo answer.");
        page.Find("form.case-note").Submit();
        page.WaitForAssertion(() => Assert.Equal("Called.\nNo answer.", page.Find(".is-note .timeline-text").TextContent));
        Assert.Equal("", page.Find("#case-note").GetAttribute("value") ?? page.Find("#case-note").TextContent);
    }

    [Fact]
    public async Task Note_StoreFails_KeepsWhatWasTyped()
    {
        var found = await OpenAsync("ann");
        var page = Show(found.Id);
        page.Find("#case-note").Input("Called. No answer.");

        Cases.Fault = new TimeoutException("no answer");
        page.Find("form.case-note").Submit();

        page.WaitForAssertion(() => Assert.Contains("Something went wrong on our side", page.Find("#case-note-error").TextContent));
        Assert.Equal("Called. No answer.", page.Find("#case-note").GetAttribute("value") ?? page.Find("#case-note").TextContent);
    }

    [Fact]
    public async Task Assign_ToAColleague_OffersThoseWhoMayAndShowsWhoHasIt()
    {
        var found = await OpenAsync("ann");
        var page = Show(found.Id);

        Button(page, "Assign…").Click();
        Overlays.WaitForAssertion(() =>
            Assert.Equal(
                ["Nobody: back to the queue", "Fay Analyst (you)", "Otto Other"],
                Colleagues()
            )
        );
        await ChooseAsync("Colleague", "otto");
        Button(page, "Assign the case").Click();

        page.WaitForAssertion(() => Assert.Contains("gave the case to Otto Other", page.Find(".timeline").TextContent));
        Assert.Equal("otto", (await Cases.FindAsync(found.Id))!.AssigneeId);
        Button(page, "Take this case").Click();
        page.WaitForAssertion(() => Assert.Contains("took the case", page.Find(".timeline").TextContent));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() == "Take this case");
    }

    [Fact]
    public async Task Escalate_FraudCase_LinksTheCaseOfCompliance()
    {
        var found = await OpenAsync("ann");
        var page = Show(found.Id);

        Button(page, "Escalate to compliance…").Click();
        Overlays.Find(".mud-dialog textarea").Input("May be laundering");
        Button(page, "Escalate the case").Click();

        page.WaitForAssertion(() => Assert.Contains("Escalated to", page.Find(".case-links").TextContent));
        var compliance = (await Cases.FindOpenAsync(CaseKind.Compliance, "ann"))!;
        Assert.Equal($"/fraud/cases/{compliance.Id}", page.Find(".case-links a").GetAttribute("href"));
        Assert.Equal("Escalated", page.Find(".case-head .badge").TextContent);
        Assert.DoesNotContain(page.FindAll("button"), button =>
            button.TextContent.Trim().StartsWith("Escalate", StringComparison.Ordinal) && !button.HasAttribute("disabled")
        );
    }

    [Fact]
    public async Task Case_UnknownOrNotTheirs_SaysSo()
    {
        var fraud = await OpenAsync("ann");

        Assert.Contains("There is no such case", Show("nonsense").Markup);
        Assert.Contains("There is no such case", Show(DerivedId.Random()).Markup);
        SignInStaff("cora", "Cora Compliance", BankRoles.Compliance);
        Assert.Contains("There is no such case", Show(fraud.Id).Markup);
        SignInStaff("mona", "Mona Manager", BankRoles.Manager);
        Assert.Contains("You have no access to cases", Show(fraud.Id).Markup);
        Assert.Contains("You have no access to cases", Open<CasesPage>("/fraud/cases").Markup);
        Assert.Contains("You have no access to alerts", Open<AlertsPage>("/fraud/alerts").Markup);
    }

    [Fact]
    public async Task Case_WithAnAlertOfSomebodyRelated_OffersNothingAndSaysWhy()
    {
        // Ben, who was to receive the money, is related; the case is about Ann.
        var held = Held(4800);
        Bank.Store.Put(held);
        var opened = await OpenAsync("ann", alert: held);
        Bank.Related.Relate("fay", "ben");

        var page = Render<CasePage>(parameters => parameters.Add(p => p.Id, opened.Id));

        page.WaitForAssertion(() => Assert.StartsWith(
            "Somebody of your household pays or receives this money.", page.Find("#conflict").TextContent, StringComparison.Ordinal));
        string[] actions = ["Take this case", "Close…", "Assign…", "Escalate to compliance…", "Link…", "Add the note"];
        Assert.All(actions, action =>
            Assert.True(page.FindAll("button").Single(button => button.TextContent == action).HasAttribute("disabled"), action));
    }

    [Fact]
    public async Task Alerts_WithoutACase_AreListedAndOneIsOpened()
    {
        var held = Held(4800);
        await Cases.SaveAlertAsync(Alert.Of(held), isListed: true);
        var page = Open<AlertsPage>("/fraud/alerts");
        Assert.Contains("Ann Archer", page.Find(".mud-table-body .mud-table-row").TextContent);
        Assert.Contains("Large transfer to a new payee.", page.Find(".reasons").TextContent);

        Button(page, "Open a case").Click();
        Button(page, "Open the case").Click();
        Overlays.WaitForAssertion(() => Assert.Contains("Enter the reason.", Overlays.Find(".mud-dialog").TextContent));
        Overlays.Find(".mud-dialog textarea").Input("Not like this customer");
        Button(page, "Open the case").Click();

        page.WaitForAssertion(() => Assert.Contains("/fraud/cases/", Navigation.Uri));
        var opened = (await Cases.FindOpenAsync(CaseKind.Fraud, "ann"))!;
        Assert.EndsWith(opened.Id, Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal((1, "fay"), (opened.Alerts, opened.OpenedBy));
    }

    [Fact]
    public async Task OpenCase_ThereIsOneAlready_LeadsToIt()
    {
        var held = Held(4800);
        var there = await OpenAsync("ann", alert: held);
        var page = Open<CasesPage>("/fraud/cases");
        Button(page, "Open a case").Click();

        Overlays.Find(".mud-dialog input[type=text]").Input("12345");
        Overlays.Find(".mud-dialog textarea").Input("Not like this customer");
        Button(page, "Open the case").Click();
        Overlays.WaitForAssertion(() => Assert.Contains("This is not a reference.", Overlays.Find(".mud-dialog").TextContent));

        Overlays.Find(".mud-dialog input[type=text]").Input(held.Reference);
        Button(page, "Open the case").Click();
        Overlays.WaitForAssertion(() => Assert.Equal($"/fraud/cases/{there.Id}", Overlays.Find(".mud-dialog a").GetAttribute("href")));
    }

    private CaseService Service => Services.GetRequiredService<CaseService>();

    private static TimeSpan CaseWatchEvery => TimeSpan.FromSeconds(20);

    private IEnumerable<string> Colleagues()
    {
        var field = Overlays.FindComponent<BankAutocomplete<string>>().Instance;
        return field.Items.Select(field.Text);
    }

    private static IEnumerable<string> Customers(IRenderedComponent<CasesPage> page) =>
        page.FindAll(".case-link").Select(link => link.TextContent);

    private IElement Button<T>(IRenderedComponent<T> page, string words)
        where T : Microsoft.AspNetCore.Components.IComponent => Buttons(page).First(button => button.TextContent.Trim() == words);

    private IRenderedComponent<CasePage> Show(string id) => Render<CasePage>(parameters => parameters.Add(page => page.Id, id));

    private async Task<Case> OpenAsync(string customer, CaseKind kind = CaseKind.Fraud, Transfer? alert = null, CaseRules? rules = null)
    {
        var noted = alert is null ? null : await Cases.SaveAlertAsync(Alert.Of(alert), isListed: false);
        var commit = (rules ?? CaseRules).Open(kind, customer, Actor.SystemUserId, null, Bank.Time.GetUtcNow(), alert: noted);
        Assert.True(await Cases.CommitAsync(commit));
        var opened = commit.Cases[0].After;
        CaseFeed.Publish(opened.Id);
        return opened;
    }

    // Ann's transfer to Ben, held by the shipped rules.
    private Transfer Held(decimal amount)
    {
        var facts = new RiskFacts(Currency.Usd)
        {
            [RiskFact.Amount] = amount,
            [RiskFact.Kind] = (int)TransferKind.Transfer,
            [RiskFact.OwnTransfer] = 0,
            [RiskFact.NewPayee] = 1,
        };
        var held = SampleTransfers.Make(++_transfers, Bank.Time.GetUtcNow(), amount, RiskOutcome.Hold, "large-new-payee") with
        {
            DebitOwnerId = "ann",
            CreditOwnerId = "ben",
        };
        held = held with { Risk = held.Risk! with { Facts = facts.Format() } };
        Bank.Store.Put(held);
        return held;
    }
}
