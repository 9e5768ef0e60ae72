using BankPortal.Web.Components.Transactions;
using BankPortal.Web.Features.Fraud.Desk;
using Microsoft.AspNetCore.Components;

namespace BankPortal.Tests.Fraud.Desk;

/// <summary>A transaction as fraud analysts and administrators see it, and what they do about it.</summary>
public sealed class StaffTransactionPageTests : BankPageContext
{
    private readonly Actor _analyst;

    public StaffTransactionPageTests() => _analyst = SignInStaff("fay", "Fay Analyst", BankRoles.Analyst);

    [Fact]
    public async Task Open_PostedTransfer_ShowsBothSides()
    {
        var (mine, bens, transfer) = await SentAsync();

        var page = Show(transfer.Id);

        Assert.Equal("Transaction", page.Find("h1").TextContent);
        Assert.Contains("$30.00", page.Find("h2").TextContent);
        Assert.Equal("Posted", page.FindAll(".badge")[0].TextContent);
        var (from, to) = (page.Find("section[aria-label=From]").TextContent, page.Find("section[aria-label=To]").TextContent);
        Assert.All(["Ann Archer", mine.Number.Grouped, "$70.00", "Active"], text => Assert.Contains(text, from));
        Assert.All(["Ben Baker", bens.Number.Grouped, "$30.00"], text => Assert.Contains(text, to));
        Assert.Contains("by Ann Archer", page.Find(".facts").TextContent);
    }

    [Fact]
    public async Task Open_CashMovement_NamesTheBanksOwnAccount()
    {
        var mine = await Bank.OpenAsync(Ann);
        var deposit = (await Bank.Transfers.DepositAsync(Ann, "d", mine.Id, LedgerWorld.Usd(50), null)).Value;

        Assert.Contains("Cash, USD", Show(deposit.Reference.ToLowerInvariant()).Find("section[aria-label=From]").TextContent);
    }

    [Fact]
    public async Task Reverse_WithAReason_MovesTheMoneyBackAndLinksBothWays()
    {
        var (mine, bens, transfer) = await SentAsync();
        var page = Show(transfer.Id);

        Button(page, "Reverse").Click();
        Assert.Contains($"$30.00 goes back from Ben Baker {bens.Number.Masked} to Ann Archer {mine.Number.Masked}", Text(Overlays, ".mud-dialog"));
        Assert.Contains($"Available on Ben Baker {bens.Number.Masked}: $30.00", Text(Overlays, ".mud-dialog"));
        Assert.Empty(page.FindAll("input[type=checkbox]"));
        Overlays.Find(".mud-dialog textarea").Input("Reported by the customer");
        Button(page, "Reverse the transaction").Click();

        page.WaitForAssertion(() => Assert.Equal("Reversed", page.FindAll(".badge")[0].TextContent));
        Assert.Equal(LedgerWorld.Usd(100), (await Bank.FindAsync(mine)).Balance);
        Assert.Contains("Reversed", ToastTexts);
        Assert.Empty(Overlays.FindAll(".mud-dialog textarea"));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() == "Reverse");
        Assert.Contains("Reported by the customer", page.Find(".note").TextContent);
        var reversal = (await Bank.Store.FindTransferAsync((await Bank.Store.FindTransferAsync(transfer.Id))!.ReversedById!))!;
        Assert.Equal(("fay", "Reported by the customer"), (reversal.InitiatorId, reversal.Reason));
        var record = Assert.Single(AuditStore.Records);
        Assert.Equal(
            ("fay", "transfer.reverse", AuditSubject.Transfer(transfer.Id), "Reported by the customer", AuditOutcome.Done),
            (record.ActorId, record.Action, record.Subject, record.Reason, record.Outcome)
        );
        Assert.Equal($"/staff/transactions/{reversal.Id}", page.Find(".note a").GetAttribute("href"));

        var other = Show(reversal.Id);
        Assert.Equal($"/staff/transactions/{transfer.Id}", other.Find(".note a").GetAttribute("href"));
        Assert.Contains("by Fay Analyst", other.Find(".facts").TextContent);
        Assert.DoesNotContain(other.FindAll("button"), button => button.TextContent.Trim() == "Reverse");
    }

    [Fact]
    public async Task Reverse_WithoutAReason_SaysSoNextToTheFieldAndStaysOpen()
    {
        var (_, _, transfer) = await SentAsync();
        var page = Show(transfer.Id);
        Button(page, "Reverse").Click();

        Button(page, "Reverse the transaction").Click();

        var field = Overlays.Find(".mud-dialog textarea");
        Assert.Equal("true", field.GetAttribute("aria-invalid"));
        Assert.Contains("Enter the reason.", Overlays.Find("#" + field.Id + "-error").TextContent);
        Assert.Empty(AuditStore.Records);
        Assert.Null((await Bank.Store.FindTransferAsync(transfer.Id))!.ReversedById);

        field.Input("Fraud");
        Assert.NotEqual("true", Overlays.Find(".mud-dialog textarea").GetAttribute("aria-invalid"));
        Button(page, "Reverse the transaction").Click();
        page.WaitForAssertion(() => Assert.Equal("Reversed", page.FindAll(".badge")[0].TextContent));
    }

    [Fact]
    public async Task Reverse_CannotBePutOnRecord_IsNotDone()
    {
        var (_, _, transfer) = await SentAsync();
        var page = Show(transfer.Id);
        AuditStore.IsDown = true;
        Button(page, "Reverse").Click();
        Overlays.Find(".mud-dialog textarea").Input("Fraud");

        Button(page, "Reverse the transaction").Click();

        Assert.Contains("Something went wrong on our side", Text(Overlays, ".mud-dialog .field-error"));
        Assert.Null((await Bank.Store.FindTransferAsync(transfer.Id))!.ReversedById);
    }

    [Fact]
    public async Task Reverse_FundsGone_AsksForExpressLeaveToOverdraw()
    {
        var (_, bens, transfer) = await SentAsync();
        await Bank.PostAsync(bens, -25);
        var page = Show(transfer.Id);

        Button(page, "Reverse").Click();
        Assert.Contains("$5.00", Text(Overlays, ".mud-dialog strong"));
        Assert.Contains("Overdraw the account by $25.00", Text(Overlays, ".mud-dialog .check"));
        Overlays.Find(".mud-dialog textarea").Input("Fraud");
        Button(page, "Reverse the transaction").Click();
        Assert.Contains("Tick the box", Overlays.Find(".mud-dialog .field-invalid .field-error").TextContent);
        Assert.Null((await Bank.Store.FindTransferAsync(transfer.Id))!.ReversedById);

        Overlays.Find(".mud-dialog input[type=checkbox]").Change(true);
        Button(page, "Reverse the transaction").Click();

        page.WaitForAssertion(() => Assert.Equal("Reversed", page.FindAll(".badge")[0].TextContent));
        Assert.Equal(LedgerWorld.Usd(-25), (await Bank.FindAsync(bens)).Balance);
        Assert.Contains(
            "overdrawn for it by $25.00",
            Text(Show((await Bank.Store.FindTransferAsync(transfer.Id))!.ReversedById!), ".note")
        );
    }

    [Fact]
    public async Task Reverse_FundsGoneSinceThePageWasRead_OffersToOverdrawThen()
    {
        var (_, bens, transfer) = await SentAsync();
        var page = Show(transfer.Id);
        Button(page, "Reverse").Click();
        Overlays.Find(".mud-dialog textarea").Input("Fraud");
        await Bank.PostAsync(bens, -29);

        Button(page, "Reverse the transaction").Click();

        Assert.Contains("Overdraw the account by $29.00", Text(Overlays, ".mud-dialog .check"));
        Assert.Equal("Fraud", Overlays.Find(".mud-dialog textarea").GetAttribute("value"));
    }

    [Fact]
    public async Task Reverse_SomebodyElseWasFirst_SaysSoAndShowsIt()
    {
        var (_, _, transfer) = await SentAsync();
        var page = Show(transfer.Id);
        Button(page, "Reverse").Click();
        Overlays.Find(".mud-dialog textarea").Input("Fraud");
        await Bank.Ledger.ReverseAsync(_analyst with { UserId = "other" }, transfer.Id, "Sent twice");

        Button(page, "Reverse the transaction").Click();

        Overlays.WaitForAssertion(() => Assert.Contains("reversed already", Text(Overlays, ".mud-dialog .field-error[role=alert]:not([id])")));
        page.WaitForAssertion(() => Assert.Equal("Reversed", page.FindAll(".badge")[0].TextContent));
    }

    [Fact]
    public async Task Reverse_FrozenAndClosedAccounts_AreExplained()
    {
        var (_, bens, transfer) = await SentAsync();
        await Bank.Accounts.FreezeAsync(_analyst, bens.Id, "because");
        var page = Show(transfer.Id);
        Button(page, "Reverse").Click();
        Assert.Contains("It is frozen", Text(Overlays, ".mud-dialog"));

        await Bank.ChangeAsync(bens, account => account with { Status = AccountStatus.Closed });
        Assert.DoesNotContain(Show(transfer.Id).FindAll("button"), button => button.TextContent.Trim() == "Reverse");
    }

    [Theory]
    [InlineData("Release", "Release the transfer", "Posted"), InlineData("Reject", "Reject the transfer", "Rejected")]
    public async Task Held_DecidedOn_IsSettledWithTheReason(string button, string confirm, string state)
    {
        var (_, _, held) = await SentAsync(hold: true);
        var page = Show(held.Id);
        Assert.Equal("Held", page.FindAll(".badge")[0].TextContent);
        Assert.Contains("Without a decision it is rejected on", Text(page, ".note"));

        Button(page, button).Click();
        Overlays.Find(".mud-dialog textarea").Input("Called the customer");
        Button(page, confirm).Click();

        page.WaitForAssertion(() => Assert.Equal(state, page.FindAll(".badge")[0].TextContent));
        Assert.Contains("Called the customer", page.Find(".facts").TextContent);
        Assert.Contains("by Fay Analyst", page.Find(".facts").TextContent);
        Assert.Equal("fay", (await Bank.Store.FindTransferAsync(held.Id))!.SettledBy);
    }

    [Fact]
    public async Task Held_DecidedOnElsewhereWhileOnScreen_ShowsItWithoutReload()
    {
        var (_, _, held) = await SentAsync(hold: true);
        var page = Show(held.Id);

        await Bank.Ledger.RejectAsync(Actor.System, held.Id, HoldExpiry.Reason);

        page.WaitForAssertion(() => Assert.Equal("Rejected", page.FindAll(".badge")[0].TextContent));
        Assert.Contains("Nobody decided on it in time", page.Find(".facts").TextContent);
        Assert.Contains("by the bank", page.Find(".facts").TextContent);
    }

    [Fact]
    public async Task View_ForReadingOnly_OffersNothingToDo()
    {
        var (_, _, held) = await SentAsync(hold: true);
        var file = (await Bank.Desk.FindAsync(_analyst, held.Id)).Value;

        var view = Render<TransactionView>(parameters => parameters.Add(p => p.File, file).Add(p => p.ReadOnly, true));

        Assert.DoesNotContain(view.FindAll("button"), button => button.TextContent.Trim() is "Release" or "Reject" or "Reverse");
    }

    [Theory]
    [InlineData("nonsense"), InlineData("00000000000000000000"), InlineData("%2e%2e%2f")]
    public void Open_WhatDoesNotExist_SaysSo(string id) =>
        Assert.Contains("no such transaction", Show(id).Find(".empty-title").TextContent);

    [Theory]
    [InlineData(BankRoles.Customer), InlineData(BankRoles.Compliance), InlineData(BankRoles.Manager)]
    public async Task Find_ByOthers_IsRefusedOnTheServer(string role)
    {
        var (_, _, transfer) = await SentAsync();
        var actor = SignInStaff("ann", "Ann Archer", role);

        // Past the page's policy, as a tampered circuit might: the data is refused all the same, even to a party.
        var page = Show(transfer.Id);

        Assert.Contains("no access", page.Find(".empty-title").TextContent);
        Assert.DoesNotContain("$30.00", page.Markup, StringComparison.Ordinal);
        Assert.IsType<NotAllowedError>((await Bank.Ledger.ReverseAsync(actor, transfer.Id, "mine")).Error);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 2)]
    public async Task Open_TransactionOfOneself_OffersNothingAndSaysWhy(bool hold, int disabled)
    {
        var (_, _, transfer) = await SentAsync(hold);
        SignInStaff("ben", "Ben Baker", BankRoles.Admin);

        var page = Show(transfer.Id);

        Assert.StartsWith("You pay or receive this money.", page.FindAll(".note")[^1].TextContent, StringComparison.Ordinal);
        Assert.Equal(disabled, page.FindAll("button[disabled]").Count);
    }

    [Theory]
    [InlineData(true, "Release", "Release this transfer?")]
    [InlineData(false, "Reverse", "Reverse this transaction?")]
    public async Task Decide_WithAStaleSecondFactor_AsksForACodeAndGoesOn(bool hold, string action, string question)
    {
        var (_, _, transfer) = await SentAsync(hold);
        SetSecondFactor(Bank.Time.GetUtcNow() - Bank.StepUp.FreshFor, "fay");
        Navigation.NavigateTo($"/staff/transactions/{transfer.Id}");
        var page = Show(transfer.Id);

        Button(page, action).Click();

        var returnTo = $"/staff/transactions/{transfer.Id}?do={action}";
        page.WaitForAssertion(() =>
            Assert.EndsWith("/identity/verify?returnUrl=" + Uri.EscapeDataString(returnTo), Navigation.Uri, StringComparison.Ordinal));
        SetSecondFactor(Bank.Time.GetUtcNow(), "fay");
        Navigation.NavigateTo(returnTo);
        Show(transfer.Id);
        Overlays.WaitForAssertion(() => Assert.Contains(question, Overlays.Find(".mud-dialog").TextContent));
    }

    [Fact]
    public async Task Resume_WhatIsNotPossible_OpensNothing()
    {
        var (_, _, transfer) = await SentAsync();
        Navigation.NavigateTo($"/staff/transactions/{transfer.Id}?do=Release");

        var page = Show(transfer.Id);

        page.WaitForAssertion(() => Assert.Equal("Transaction", page.Find("h1").TextContent));
        Assert.Empty(Overlays.FindAll(".mud-dialog textarea"));
    }

    [Fact]
    public async Task LookUp_ReferenceAsPrinted_GoesThere()
    {
        var (_, _, transfer) = await SentAsync();
        var page = Render<StaffTransactionPage>();

        page.Find("#reference").Input(" nonsense ");
        page.Find("form").Submit();
        Assert.Contains("not a reference", page.Find("#reference-error").TextContent);

        page.Find("#reference").Input($" {transfer.Reference.ToLowerInvariant()} ");
        page.Find("form").Submit();
        Assert.EndsWith($"/staff/transactions/{transfer.Id}", Navigation.Uri, StringComparison.Ordinal);
    }

    private AngleSharp.Dom.IElement Button(IRenderedComponent<StaffTransactionPage> page, string text) =>
        Buttons(page).Single(button => button.TextContent.Trim() == text);

    private static string Text<TComponent>(IRenderedComponent<TComponent> page, string selector)
        where TComponent : IComponent =>
        string.Join(' ', page.FindAll(selector).Select(element =>
        {
            // Amounts are written twice, once for screen readers.
            var copy = (AngleSharp.Dom.IElement)element.Clone();
            copy.QuerySelectorAll(".sr-only").ToList().ForEach(hidden => hidden.Remove());
            return copy.TextContent;
        }));

    private IRenderedComponent<StaffTransactionPage> Show(string id) =>
        Render<StaffTransactionPage>(parameters => parameters.Add(p => p.Id, id));

    private async Task<(Account Mine, Account Bens, Transfer Transfer)> SentAsync(bool hold = false)
    {
        var (mine, bens) = (await Bank.OpenAsync(Ann, 100), await Bank.OpenAsync(Ben));
        var sent = await Bank.Ledger.ExecuteAsync(new TransferOrder
        {
            Actor = Ann,
            IdempotencyKey = "k",
            Kind = TransferKind.Transfer,
            DebitAccountId = mine.Id,
            CreditAccountId = bens.Id,
            Amount = LedgerWorld.Usd(30),
            Hold = hold,
        });
        return (mine, bens, sent.Value);
    }
}
