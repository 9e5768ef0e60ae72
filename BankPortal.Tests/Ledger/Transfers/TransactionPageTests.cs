using BankPortal.Web.Features.Ledger.Transfers;

namespace BankPortal.Tests.Ledger.Transfers;

public sealed class TransactionPageTests : BankPageContext
{
    [Fact]
    public async Task Open_PaymentToSomebody_ShowsItFromThePayersSide()
    {
        var (mine, bens, transfer) = await SendAsync();

        var page = Show(transfer.Id);

        Assert.Equal($"Ben Baker {bens.Number.Masked}", page.Find("h1").TextContent);
        Assert.Contains("−$30.00", page.Find(".transaction-head").TextContent);
        var facts = page.Find(".facts").TextContent;
        Assert.Contains(mine.Label, facts);
        Assert.Contains("$70.00", facts);
        Assert.Contains("Lunch", facts);
        Assert.Contains(transfer.Reference, facts);
        Assert.Contains("UTC", facts);
        Assert.Equal("Done", page.Find(".badge").TextContent);
        Assert.Equal($"/account/details/{mine.Id}", page.Find(".facts a").GetAttribute("href"));
        Assert.DoesNotContain(bens.Id, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_MoneyFromSomebody_ShowsNothingOfTheirSide()
    {
        var bens = await Bank.OpenAsync(Ben, 100, nickname: "Secret stash");
        var mine = await Bank.OpenAsync(Ann, 1);
        var review = await Bank.Transfers.ReviewAsync(
            Ben,
            new TransferRequest("k", bens.Id, new TransferTarget.Someone(mine.Number.Digits, "Ann Archer"), Money.Of(40, Currency.Usd), "")
        );
        var transfer = (await Bank.Transfers.SendAsync(Ben, review.Value, false)).Value;

        var page = Show(transfer.Id);

        Assert.Contains("+$40.00", page.Find(".transaction-head").TextContent);
        Assert.Contains("Ben Baker", page.Find("h1").TextContent);
        Assert.Contains("$41.00", page.Find(".facts").TextContent);
        Assert.DoesNotContain("Secret", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("$60.00", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(bens.Id, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_BetweenOwnAccounts_ShowsBothBalances()
    {
        var checking = await Bank.OpenAsync(Ann, 100);
        var savings = await Bank.OpenAsync(Ann, 5, AccountType.Savings);
        var review = await Bank.Transfers.ReviewAsync(
            Ann, new TransferRequest("k", checking.Id, new TransferTarget.OwnAccount(savings.Id), Money.Of(25, Currency.Usd), ""));
        var transfer = (await Bank.Transfers.SendAsync(Ann, review.Value, false)).Value;

        var page = Show(transfer.Id);

        Assert.Equal("Between your accounts", page.Find("h1").TextContent);
        Assert.Contains("$75.00", page.Find(".facts").TextContent);
        Assert.Contains("$30.00", page.Find(".facts").TextContent);
    }

    [Fact]
    public async Task Open_ByPrintedReference_FindsIt()
    {
        var (_, _, transfer) = await SendAsync();

        Assert.Contains("−$30.00", Show(transfer.Reference.ToLowerInvariant()).Find(".transaction-head").TextContent);
    }

    [Fact]
    public async Task Open_ReversedTransaction_IsLinkedBothWaysInNeutralText()
    {
        var (mine, _, transfer) = await SendAsync();
        var reversal = (await Bank.Ledger.ReverseAsync(new Actor("fay", [BankRoles.Analyst]), transfer.Id, "Suspected fraud")).Value;

        var page = Show(transfer.Id);
        Assert.Contains("This transaction was reversed: the money was moved back", page.Find(".note").TextContent);
        Assert.Equal(reversal.Reference, page.Find($".facts a[href='/transactions/details/{reversal.Id}']").TextContent);
        Assert.DoesNotContain("fraud", page.Markup, StringComparison.OrdinalIgnoreCase);

        var other = Show(reversal.Id);
        Assert.Contains("+$30.00", other.Find(".transaction-head").TextContent);
        Assert.Contains($"Reversal of{transfer.Reference}", other.Find(".facts").TextContent);
        Assert.Equal(transfer.Reference, other.Find($".facts a[href='/transactions/details/{transfer.Id}']").TextContent);
        Assert.DoesNotContain("fraud", other.Markup, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(LedgerWorld.Usd(100), (await Bank.FindAsync(mine)).Balance);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Open_HeldTransfer_IsPendingAndFollowsTheDecision(bool release)
    {
        var (mine, bens) = (await Bank.OpenAsync(Ann, 100), await Bank.OpenAsync(Ben));
        var held = (
            await Bank.Ledger.ExecuteAsync(
                new TransferOrder
                {
                    Actor = Ann,
                    IdempotencyKey = "h",
                    Kind = TransferKind.Transfer,
                    DebitAccountId = mine.Id,
                    CreditAccountId = bens.Id,
                    Amount = LedgerWorld.Usd(30),
                    Hold = true,
                }
            )
        ).Value;
        var page = Show(held.Id);
        Assert.Equal("Pending", page.Find(".badge").TextContent);
        Assert.Contains("reserved", page.Find(".note").TextContent);

        var analyst = new Actor("fay", [BankRoles.Analyst]);
        Assert.True(
            (
                release
                    ? await Bank.Ledger.ReleaseAsync(analyst, held.Id, "Suspicion not confirmed")
                    : await Bank.Ledger.RejectAsync(analyst, held.Id, "Suspected fraud")
            ).IsSuccess
        );

        page.WaitForAssertion(() => Assert.Equal(release ? "Done" : "Not carried out", page.Find(".badge").TextContent));
        Assert.DoesNotContain("suspi", page.Markup, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("suspect", page.Markup, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Open_TransferRefusedByItsAssessment_SaysOnlyThatItWasNotCarriedOut()
    {
        var (mine, bens) = (await Bank.OpenAsync(Ann, 100), await Bank.OpenAsync(Ben));
        var order = new TransferOrder
        {
            Actor = Ann,
            IdempotencyKey = "b",
            Kind = TransferKind.Transfer,
            DebitAccountId = mine.Id,
            CreditAccountId = bens.Id,
            Amount = LedgerWorld.Usd(30),
        };
        var posted = (await Bank.Ledger.ExecuteAsync(order)).Value;
        var blocked = posted with
        {
            Id = new string('7', 20),
            Status = TransferStatus.Blocked,
            PostedAt = null,
            DebitSequence = 0,
            CreditSequence = 0,
        };
        await Bank.Store.CommitAsync(new LedgerCommit(blocked, null, [], []));

        var page = Show(blocked.Id);

        Assert.Equal("Not carried out", page.Find(".badge").TextContent);
        Assert.Contains("No money was moved", page.Find(".note").TextContent);
    }

    [Fact]
    public async Task Open_TransactionOfOthers_IsNotFound()
    {
        var bens = await Bank.OpenAsync(Ben);
        var transfer = await Bank.PostAsync(bens, 12_345.67m, "Bonus", TransferKind.Salary);

        var page = Show(transfer.Id);

        Assert.Contains("could not find", page.Find(".empty-title").TextContent);
        Assert.DoesNotContain("12,345", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("%2e%2e%2f")]
    [InlineData("00000000000000000000")]
    public void Open_IdThatNamesNothing_IsNotFound(string id) =>
        Assert.Contains("could not find", Show(id).Find(".empty-title").TextContent);

    private IRenderedComponent<TransactionPage> Show(string id) => Render<TransactionPage>(parameters => parameters.Add(p => p.Id, id));

    private async Task<(Account Mine, Account Bens, Transfer Transfer)> SendAsync()
    {
        var mine = await Bank.OpenAsync(Ann, 100);
        var bens = await Bank.OpenAsync(Ben);
        var review = await Bank.Transfers.ReviewAsync(
            Ann,
            new TransferRequest(
                "k",
                mine.Id,
                new TransferTarget.Someone(bens.Number.Digits, "Ben Baker"),
                Money.Of(30, Currency.Usd),
                "Lunch"
            )
        );
        return (mine, bens, (await Bank.Transfers.SendAsync(Ann, review.Value, false)).Value);
    }
}
