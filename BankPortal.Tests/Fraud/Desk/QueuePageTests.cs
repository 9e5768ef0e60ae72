using BankPortal.Web.Features.Fraud.Desk;

namespace BankPortal.Tests.Fraud.Desk;

/// <summary>The queue of held transfers as analysts work through it.</summary>
public sealed class QueuePageTests : BankPageContext
{
    private int _keys;

    public QueuePageTests() => SignInStaff("fay", "Fay Analyst", BankRoles.Analyst);

    [Fact]
    public void Open_NothingHeld_SaysSo() =>
        Assert.Contains("Nothing is waiting", Open().Find(".empty-title").TextContent);

    [Fact]
    public async Task Open_HeldTransfers_AreThereOldestFirstWithAgeAndEnd()
    {
        var (mine, bens) = await AccountsAsync();
        await HoldAsync(mine, bens, 30);
        Bank.Time.Advance(TimeSpan.FromMinutes(4));
        await HoldAsync(mine, bens, 40);

        var page = Open();

        Assert.Equal("2 transfers are waiting.", page.Find("[role=status]").TextContent);
        var items = page.FindAll(".queue-item");
        Assert.Equal(["$30.00", "$40.00"], items.Select(item => item.QuerySelector("h2 [aria-hidden]")!.TextContent));
        Assert.Contains("Ann Archer", items[0].TextContent);
        Assert.Contains("Ben Baker", items[0].TextContent);
        Assert.Equal(["4 min", "2 d 23 h"], items[0].QuerySelectorAll("dd").Select(time => time.TextContent));
    }

    [Fact]
    public async Task Hold_WhileOnScreen_AppearsWithoutReload()
    {
        var (mine, bens) = await AccountsAsync();
        var page = Open();

        await HoldAsync(mine, bens, 30);

        page.WaitForAssertion(() => Assert.Single(page.FindAll(".queue-item")));
    }

    [Theory]
    [InlineData("Release", TransferStatus.Posted, "transfer.release")]
    [InlineData("Reject", TransferStatus.Rejected, "transfer.reject")]
    public async Task Decide_WithAReason_IsDoneRecordedAndLeavesTheQueue(string act, TransferStatus status, string action)
    {
        var (mine, bens) = await AccountsAsync();
        var held = await HoldAsync(mine, bens, 30);
        var page = Open();

        page.FindAll("button").Single(button => button.TextContent == act + "…").Click();
        Confirm(act);
        Assert.Contains("Enter the reason.", Overlays.Find(".mud-dialog .field-error").TextContent);
        Assert.Empty(AuditStore.Records);
        Overlays.Find(".mud-dialog textarea").Input("Called the customer");
        Confirm(act);

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".queue-item")));
        var settled = (await Bank.Store.FindTransferAsync(held.Id))!;
        Assert.Equal((status, "fay", "Called the customer"), (settled.Status, settled.SettledBy, settled.Reason));
        var record = Assert.Single(AuditStore.Records);
        Assert.Equal((action, AuditOutcome.Done, AuditSubject.Transfer(held.Id)), (record.Action, record.Outcome, record.Subject));
        Assert.Empty(Overlays.FindAll(".mud-dialog textarea"));
    }

    [Fact]
    public async Task Decide_AfterAColleague_IsToldWhoDecided()
    {
        var (mine, bens) = await AccountsAsync();
        var held = await HoldAsync(mine, bens, 30);
        Bank.Directory.Names["bea"] = "Bea Colleague";
        var page = Open();
        page.FindAll("button").Single(button => button.TextContent == "Release…").Click();
        Overlays.Find(".mud-dialog textarea").Input("It is fine");

        Assert.True((await Bank.Desk.RejectAsync(StaffActors.Fresh("bea", BankRoles.Analyst), held.Id, "It is not")).IsSuccess);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".queue-item")));
        Confirm("Release");

        Overlays.WaitForAssertion(() =>
            Assert.Contains(
                "This transfer was rejected by Bea Colleague already.",
                Overlays.Find(".mud-dialog .field-error[role=alert]").TextContent
            )
        );
        Assert.Equal(TransferStatus.Rejected, (await Bank.Store.FindTransferAsync(held.Id))!.Status);
    }

    [Theory]
    [InlineData(null, "You pay or receive this money.")]
    [InlineData(RelationKind.Household, "Somebody of your household pays or receives this money.")]
    public async Task Open_OwnMoneyOrThatOfSomebodyRelated_CannotBeDecidedAndSaysWhy(RelationKind? relation, string why)
    {
        var (mine, bens) = await AccountsAsync();
        await HoldAsync(mine, bens, 30);
        if (relation is { } kind)
        {
            Bank.Related.Relate("fay", "ben", kind);
        }
        else
        {
            SignInStaff("ben", "Ben Baker", BankRoles.Analyst);
        }

        var page = Open();

        var buttons = page.FindAll("button").Where(button => button.TextContent is "Release…" or "Reject…").ToList();
        Assert.Equal(2, buttons.Count);
        Assert.All(buttons, button =>
        {
            Assert.True(button.HasAttribute("disabled"));
            Assert.StartsWith(why, page.Find("#" + button.GetAttribute("aria-describedby")).TextContent, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Decide_WithAStaleSecondFactor_AsksForACodeAndGoesOnOnce()
    {
        var (mine, bens) = await AccountsAsync();
        var held = await HoldAsync(mine, bens, 30);
        SetSecondFactor(Bank.Time.GetUtcNow() - Bank.StepUp.FreshFor, "fay");
        var page = Open();

        page.FindAll("button").Single(button => button.TextContent == "Reject…").Click();

        var returnTo = $"/?do=Reject&item={held.Id}";
        page.WaitForAssertion(() =>
            Assert.EndsWith("/identity/verify?returnUrl=" + Uri.EscapeDataString(returnTo), Navigation.Uri, StringComparison.Ordinal));
        Assert.Empty(Overlays.FindAll(".mud-dialog textarea"));

        // Back from the page that took the code, in a circuit of its own.
        SetSecondFactor(Bank.Time.GetUtcNow(), "fay");
        page = Open<QueuePage>(returnTo);
        Overlays.WaitForAssertion(() => Assert.Contains("Reject this transfer?", Overlays.Find(".mud-dialog").TextContent));
        Overlays.FindAll(".mud-dialog button").Single(button => button.TextContent == "Cancel").Click();
        Bank.Time.Advance(TimeSpan.FromMinutes(1));
        page.WaitForAssertion(() => Assert.Equal("1 min", page.FindAll(".queue-times dd")[0].TextContent));
        Assert.Empty(Overlays.FindAll(".mud-dialog textarea"));
    }

    [Fact]
    public async Task Decide_ProofTooOldWhileTheDialogIsOpen_AsksForACodeAndChangesNothing()
    {
        var (mine, bens) = await AccountsAsync();
        var held = await HoldAsync(mine, bens, 30);
        var page = Open();
        page.FindAll("button").Single(button => button.TextContent == "Reject…").Click();
        Overlays.Find(".mud-dialog textarea").Input("Called the customer");
        SetSecondFactor(Bank.Time.GetUtcNow() - Bank.StepUp.FreshFor, "fay");

        Confirm("Reject");

        page.WaitForAssertion(() => Assert.Contains("/identity/verify?returnUrl=", Navigation.Uri));
        Assert.Equal(TransferStatus.Held, (await Bank.Store.FindTransferAsync(held.Id))!.Status);
    }

    [Fact]
    public async Task Decide_RoleTakenAwayWhileThePageIsOpen_IsRefusedInTheSameCircuit()
    {
        var (mine, bens) = await AccountsAsync();
        var held = await HoldAsync(mine, bens, 30);
        var page = Open();
        page.FindAll("button").Single(button => button.TextContent == "Reject…").Click();
        Overlays.Find(".mud-dialog textarea").Input("Called the customer");

        // Only the row changes: the tab, its session and its claims are as before.
        SetRoles("fay", BankRoles.Customer);
        Confirm("Reject");

        Overlays.WaitForAssertion(() => Assert.Contains(
            new NotAllowedError().Message, Overlays.Find(".mud-dialog .field-error[role=alert]").TextContent));
        Assert.Equal(TransferStatus.Held, (await Bank.Store.FindTransferAsync(held.Id))!.Status);
        Assert.Empty(AuditStore.Records);
        Bank.Time.Advance(QueuePage.Poll);
        page.WaitForAssertion(() => Assert.Contains("no access", page.Find(".empty-title").TextContent));
        Assert.DoesNotContain("$30.00", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poll_WhatAnotherNodeDid_IsSeen()
    {
        var (mine, bens) = await AccountsAsync();
        var held = await HoldAsync(mine, bens, 30);
        var page = Open();
        Assert.Single(page.FindAll(".queue-item"));

        // As another process would: this one's feed hears nothing of it.
        Bank.Store.Put(held with { Status = TransferStatus.Rejected, SettledAt = Bank.Time.GetUtcNow(), SettledBy = "bea" });
        Bank.Time.Advance(QueuePage.Poll);

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".queue-item")));
    }

    [Fact]
    public async Task Poll_ThatFails_KeepsTheQueueAndSaysHowOldItIs()
    {
        var (mine, bens) = await AccountsAsync();
        await HoldAsync(mine, bens, 30);
        var page = Open();

        Bank.Store.FailLists(1);
        Bank.Time.Advance(QueuePage.Poll);
        page.WaitForAssertion(() => Assert.Contains("could not be read again", page.Find(".stale-note").TextContent));
        Assert.Single(page.FindAll(".queue-item"));

        page.WaitForAssertion(() =>
        {
            Bank.Time.Advance(QueuePage.Poll);
            Assert.Empty(page.FindAll(".stale-note"));
        });
    }

    [Theory]
    [InlineData(BankRoles.Customer), InlineData(BankRoles.Manager), InlineData(BankRoles.Compliance)]
    public async Task Open_ByOthers_ShowsNothing(string role)
    {
        var (mine, bens) = await AccountsAsync();
        await HoldAsync(mine, bens, 30);
        SignInStaff("ann", "Ann Archer", role);

        var page = Open();

        Assert.Contains("no access", page.Find(".empty-title").TextContent);
        Assert.DoesNotContain("$30.00", page.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<QueuePage> Open()
    {
        var page = Render<QueuePage>();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".skeleton")));
        return page;
    }

    private void Confirm(string act) =>
        Overlays.FindAll(".mud-dialog button").Single(button => button.TextContent == act + " the transfer").Click();

    private async Task<(Account Mine, Account Bens)> AccountsAsync() => (await Bank.OpenAsync(Ann, 500), await Bank.OpenAsync(Ben));

    private async Task<Transfer> HoldAsync(Account from, Account to, decimal amount) => (await Bank.Ledger.ExecuteAsync(new TransferOrder
    {
        Actor = Ann,
        IdempotencyKey = "held-" + (++_keys).ToString(System.Globalization.CultureInfo.InvariantCulture),
        Kind = TransferKind.Transfer,
        DebitAccountId = from.Id,
        CreditAccountId = to.Id,
        Amount = LedgerWorld.Usd(amount),
        DuplicateConfirmed = true,
        Hold = true,
    })).Value;
}
