using BankPortal.Core.Identity.Confirmations;
using BankPortal.Web.Features.Ledger.Transfers;

namespace BankPortal.Tests.Ledger.Transfers;

public sealed class TransferPageTests : BankPageContext
{
    private const string Address = "/transactions/transfer";

    [Fact]
    public async Task Send_ToSomebodyNewWithTheRightName_MovesMoneyAndRemembersThePayee()
    {
        var mine = await Bank.OpenAsync(Ann, 500);
        var bens = await Bank.OpenAsync(Ben, 10);
        var page = Open<TransferPage>(WithKey(Address, out _));

        FillNew(page, bens.Number.Grouped, "ben baker", "120", "Concert");
        Review(page);

        Assert.Contains("matches", page.Find(".note-positive").TextContent);
        Assert.Contains("$380.00", page.Find(".facts-total").TextContent);
        Assert.Empty(page.FindAll("input[type=checkbox]"));
        Send(page);

        Assert.Equal("Money sent", page.WaitForElement("#receipt-title").TextContent);
        Assert.Contains("$380.00", page.Find(".receipt .facts-total").TextContent);
        Assert.Contains("Concert", page.Find(".receipt").TextContent);
        Assert.Equal(380, (await Bank.FindAsync(mine)).Balance.Amount);
        Assert.Equal(130, (await Bank.FindAsync(bens)).Balance.Amount);
        Assert.Equal("ben baker", Assert.Single(await Bank.Transfers.ListPayeesAsync(Ann)).Name);
    }

    [Fact]
    public async Task Send_ToSomebodyPaidBefore_NeedsNoTyping()
    {
        var (_, bens, page) = await ReviewToPayeeAsync("50");
        Send(page);

        Assert.Equal("Money sent", page.WaitForElement("#receipt-title").TextContent);
        Assert.Equal(51, (await Bank.FindAsync(bens)).Balance.Amount);
    }

    [Fact]
    public async Task Send_BetweenOwnAccounts_AsksForNeitherNameNorSecondFactorAndKnowsNoLimit()
    {
        SetSecondFactor(null);
        var checking = await Bank.OpenAsync(Ann, 30_000);
        var savings = await Bank.OpenAsync(Ann, 0, AccountType.Savings, "Holidays");
        var page = Open<TransferPage>(WithKey(Address, out _));

        Choose(page, PayeeKind.Own);
        page.Find("#to").Change(savings.Id);
        page.Find("#amount").Input("25000");
        Review(page);

        Assert.Contains("Holidays", page.Find("#review-title").ParentElement!.TextContent);
        Send(page);

        Assert.Equal("Money moved", page.WaitForElement("#receipt-title").TextContent);
        Assert.Equal(2, page.FindAll(".receipt .facts-total").Count);
        Assert.Equal(5_000, (await Bank.FindAsync(checking)).Balance.Amount);
        Assert.Equal(25_000, (await Bank.FindAsync(savings)).Balance.Amount);
    }

    [Theory]
    [InlineData("Ben Bakre", "close")]
    [InlineData("Tax Office", "does not match")]
    public async Task Send_NameThatDoesNotMatch_IsSentOnlyAfterAnExplicitYes(string name, string words)
    {
        var (mine, page) = await ReviewToNewAsync(name);

        Assert.Contains(words, page.Find(".note-attention").TextContent);
        Send(page);
        Assert.Equal(500, (await Bank.FindAsync(mine)).Balance.Amount);
        Assert.Contains("Tick this", page.Find("#name-confirmed-error").TextContent);

        page.Find("#name-confirmed").Change(true);
        Send(page);
        Assert.Equal("Money sent", page.WaitForElement("#receipt-title").TextContent);
        Assert.Equal(380, (await Bank.FindAsync(mine)).Balance.Amount);
    }

    [Fact]
    public async Task Review_AnyOutcomeOfTheNameCheck_NeverShowsTheNameHeld()
    {
        await Bank.OpenAsync(Ann, 500);
        var bens = await Bank.OpenAsync(Ben, 0, nickname: "Secret plans");
        foreach (var name in new[] { "Ben Bakre", "Tax Office" })
        {
            var page = Open<TransferPage>(WithKey(Address, out _));
            FillNew(page, bens.Number.Digits, name, "120");
            Review(page);

            Assert.Contains(name, page.Markup, StringComparison.Ordinal);
            Assert.DoesNotContain("Ben Baker", page.Markup, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Secret plans", page.Markup, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(bens.Id, page.Markup, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Review_OwnNumberTypedAsSomebodyElses_IsTakenForWhatItIs()
    {
        await Bank.OpenAsync(Ann, 500);
        var savings = await Bank.OpenAsync(Ann, 0, AccountType.Savings);
        var page = Open<TransferPage>(WithKey(Address, out _));

        FillNew(page, savings.Number.Digits, "Whoever", "120");
        Review(page);
        Send(page);

        Assert.Equal("Money moved", page.WaitForElement("#receipt-title").TextContent);
        Assert.Empty(await Bank.Transfers.ListPayeesAsync(Ann));
    }

    [Fact]
    public async Task Review_LikelyDuplicate_AsksFirst()
    {
        var (mine, _, page) = await ReviewToPayeeAsync("1");

        Assert.Contains("twice", page.Find(".note-attention").TextContent);
        Send(page);
        Assert.Equal(499, (await Bank.FindAsync(mine)).Balance.Amount);
        Assert.Contains("Tick this", page.Find("#duplicate-confirmed-error").TextContent);

        page.WaitForElement("#duplicate-confirmed").Change(true);
        Send(page);
        Assert.Equal(498, (await Bank.FindAsync(mine)).Balance.Amount);
    }

    [Fact]
    public async Task Send_DuplicateSinceTheReview_AsksThen()
    {
        var (mine, bens, page) = await ReviewToPayeeAsync("7");
        Assert.Empty(page.FindAll("#duplicate-confirmed"));
        await SendElsewhereAsync(mine, bens, 7);

        Send(page);

        page.WaitForElement("#duplicate-confirmed").Change(true);
        Assert.Empty(page.FindAll(".receipt"));
        Send(page);
        Assert.Equal("Money sent", page.WaitForElement("#receipt-title").TextContent);
        Assert.Equal(500 - 1 - 7 - 7, (await Bank.FindAsync(mine)).Balance.Amount);
    }

    [Theory]
    [InlineData(true, "120", "not paid this account before")]
    [InlineData(false, "1000", "Because of the amount")]
    public async Task Send_FirstOrLarge_LeadsToConfirmingThatPaymentAndBackToTheSameForm(bool isNew, string amount, string words)
    {
        var mine = await Bank.OpenAsync(Ann, 5_000);
        var bens = isNew ? await Bank.OpenAsync(Ben) : await PaidBeforeAsync(mine);
        Bank.ConfirmationStore.AsksForCodes = true;
        var address = WithKey(Address, out _);
        var before = (await Bank.FindAsync(mine)).Balance;
        var page = Open<TransferPage>(address);
        if (isNew)
        {
            FillNew(page, bens.Number.Digits, "Tax Office", amount);
        }
        else
        {
            page.Find("#payee").Change(bens.Id);
            page.Find("#amount").Input(amount);
        }

        Review(page);
        Assert.Contains(words, page.Find("#review-title").ParentElement!.TextContent);
        Send(page);

        Assert.Equal(before, (await Bank.FindAsync(mine)).Balance);
        var asked = Assert.Single(Bank.ConfirmationStore.Rows);
        Assert.EndsWith(
            $"/identity/verify?confirm={asked.Id}&returnUrl={Uri.EscapeDataString(address)}", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(amount, asked.Amount.Amount.ToString("0", CultureInfo.InvariantCulture));
        Assert.Equal((bens.Number.Grouped, "session-ann", ConfirmationState.Waiting), (asked.PayeeNumber, asked.SessionId, asked.State));
        Assert.True(Navigation.History.First().Options.ForceLoad);
        JSInterop.VerifyInvoke("bankPortal.keepDraft");
    }

    [Fact]
    public async Task Send_ConfirmationGrownOldOnTheReview_AsksAgain()
    {
        Bank.ConfirmationStore.AsksForCodes = true;
        var (mine, page) = await ReviewToNewAsync("Ben Baker");
        await ConfirmAsync(page);
        Assert.Contains("You have confirmed this payment", page.FindAll("form")[1].TextContent);
        Bank.ConfirmationStore.EndAll(Bank.Time.GetUtcNow());

        Send(page);

        Assert.Contains("Too much time has passed", page.FindAll("form")[1].TextContent);
        Assert.Equal(500, (await Bank.FindAsync(mine)).Balance.Amount);
        Assert.Contains("Confirm this payment", page.FindAll("form")[1].TextContent);
    }

    [Fact]
    public async Task Send_ConfirmedPayment_GoesThroughOnceAndAnotherAmountIsAskedAgain()
    {
        Bank.ConfirmationStore.AsksForCodes = true;
        var (mine, page) = await ReviewToNewAsync("Ben Baker");
        await ConfirmAsync(page);

        // Changed after the confirmation: it does not count for that.
        page.FindAll("form")[1].QuerySelectorAll("button").Single(button => button.TextContent == "Change").Click();
        page.Find("#amount").Input("121");
        Review(page);
        Assert.Contains("Confirm this payment", page.FindAll("form")[1].TextContent);
        Assert.DoesNotContain("You have confirmed", page.FindAll("form")[1].TextContent);

        page.FindAll("form")[1].QuerySelectorAll("button").Single(button => button.TextContent == "Change").Click();
        page.Find("#amount").Input("120");
        Review(page);
        Send(page);
        Assert.Equal("Money sent", page.WaitForElement("#receipt-title").TextContent);
        Assert.Equal(380, (await Bank.FindAsync(mine)).Balance.Amount);
        Assert.Equal(ConfirmationState.Used, Assert.Single(Bank.ConfirmationStore.Rows).State);
    }

    [Fact]
    public async Task Open_KeyThatHasDoneItsWork_ShowsTheFirstReceiptWithoutSecondFactor()
    {
        var mine = await Bank.OpenAsync(Ann, 500);
        var bens = await Bank.OpenAsync(Ben);
        var address = WithKey(Address, out _);
        var page = Open<TransferPage>(address);
        FillNew(page, bens.Number.Digits, "Ben Baker", "120");
        Review(page);
        Send(page);
        SetSecondFactor(null);

        var again = Open<TransferPage>(address);

        Assert.Contains(
            Assert.Single(Bank.Store.Transfers, t => t.Kind == TransferKind.Transfer).Reference,
            again.Find(".receipt").TextContent
        );
        Assert.Equal(380, (await Bank.FindAsync(mine)).Balance.Amount);
    }

    [Fact]
    public async Task Confirm_TwiceBeforeTheFirstIsDone_SendsOnce()
    {
        var mine = await Bank.OpenAsync(Ann, 500);
        var bens = await PaidBeforeAsync(mine);
        var page = Open<TransferPage>(WithKey(Address, out _));
        page.Find("#payee").Change(bens.Id);
        page.Find("#amount").Input("50");
        Review(page);

        Assert.Equal(1, await ConfirmTwiceAsync(page));
        Assert.Equal(51, (await Bank.FindAsync(bens)).Balance.Amount);
    }

    [Fact]
    public async Task Open_TransferBeingReviewed_SaysSoNeutrally()
    {
        var mine = await Bank.OpenAsync(Ann, 500);
        var bens = await Bank.OpenAsync(Ben);
        var address = WithKey(Address, out var key);
        await HoldAsync(key, mine, bens);

        var page = Open<TransferPage>(address);

        Assert.Equal("Your transfer is being reviewed", page.WaitForElement("#receipt-title").TextContent);
        Assert.Contains("you do not need to do anything", page.Find(".receipt").TextContent);
        Assert.Contains("$400.00", page.Find(".receipt .facts-total").TextContent);
        foreach (var word in new[] { "fraud", "suspicious", "risk" })
        {
            Assert.DoesNotContain(word, page.Markup, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Open_TransferBeingReviewed_ShowsTheOutcomeAsSoonAsItIsSettled()
    {
        var mine = await Bank.OpenAsync(Ann, 500);
        var bens = await Bank.OpenAsync(Ben);
        var address = WithKey(Address, out var key);
        var held = await HoldAsync(key, mine, bens);
        var page = Open<TransferPage>(address);

        Assert.True((await Bank.Ledger.RejectAsync(Actor.System, held.Id, "test")).IsSuccess);

        page.WaitForAssertion(() => Assert.Equal("This transfer was not carried out", page.Find("#receipt-title").TextContent));
        Assert.Contains("$500.00", page.Find(".receipt .facts-total").TextContent);
        page.WaitForAssertion(() => Assert.Equal("This transfer was not carried out", page.Find("[role=status].sr-only").TextContent));
    }

    [Fact]
    public async Task Send_AmountInTheFormatOfTheReader_IsReadAndShownInIt()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            var mine = await Bank.OpenAsync(Ann, 5_000);
            var savings = await Bank.OpenAsync(Ann, 0, AccountType.Savings);
            var page = Open<TransferPage>(WithKey($"{Address}?to={savings.Id}", out _));

            page.Find("#amount").Input("1.250,5");
            Review(page);
            Assert.Contains("1.250,50", page.Find("#review-title").ParentElement!.TextContent);
            Send(page);

            Assert.Equal(3_749.50m, (await Bank.FindAsync(mine)).Balance.Amount);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("", "Enter the account number.")]
    [InlineData("12345", "An account number has ten digits; this has 5.")]
    [InlineData("1234567890", "This account number does not exist as written. Check each digit.")]
    public async Task Review_NumberThatCannotBe_IsShownNextToTheField(string number, string sentence)
    {
        await Bank.OpenAsync(Ann, 500);
        var page = Open<TransferPage>(WithKey(Address, out _));

        FillNew(page, number, "Ben Baker", "1");
        Review(page);

        Assert.Equal(sentence, page.Find("#number-error").TextContent.Trim());
        Assert.Equal(number, page.Find("#number").GetAttribute("value"));
        Assert.Empty(page.FindAll("#review-title"));
    }

    [Fact]
    public async Task Review_EverythingMissing_IsShownAtEachField()
    {
        await Bank.OpenAsync(Ann, 500);
        var page = Open<TransferPage>(WithKey(Address, out _));

        Review(page);

        Assert.NotEmpty(page.Find("#number-error").TextContent.Trim());
        Assert.NotEmpty(page.Find("#name-error").TextContent.Trim());
        Assert.Equal("Enter an amount.", page.Find("#amount-error").TextContent.Trim());
        JSInterop.VerifyInvoke("bankPortal.focusFirstError");
    }

    [Fact]
    public async Task Review_NumberNobodyHas_IsShownNextToTheNumberAndNothingIsLost()
    {
        await Bank.OpenAsync(Ann, 500);
        var page = Open<TransferPage>(WithKey(Address, out _));

        FillNew(page, AccountNumber.Random().Digits, "Ben Baker", "120", "Concert");
        Review(page);

        Assert.StartsWith("No account here has this number", page.Find("#number-error").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal("Ben Baker", page.Find("#name").GetAttribute("value"));
        Assert.Equal("120.00", page.Find("#amount").GetAttribute("value"));
        Assert.Equal("Concert", page.Find("#description").GetAttribute("value"));
    }

    [Fact]
    public async Task Review_TooManyLookups_IsShownNextToTheNumber()
    {
        Bank.LedgerOptions.MaxPayeeLookupsPerHour = 1;
        await Bank.OpenAsync(Ann, 500);
        await Bank.Payees.CountLookupAsync(Ann.UserId, Bank.Time.GetUtcNow());
        var bens = await Bank.OpenAsync(Ben);
        var page = Open<TransferPage>(WithKey(Address, out _));

        FillNew(page, bens.Number.Digits, "Ben Baker", "120");
        Review(page);

        Assert.StartsWith("You have looked up many accounts", page.Find("#number-error").TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_MoneyGoneMeanwhile_LeadsBackToTheAmount()
    {
        var (mine, bens, page) = await ReviewToPayeeAsync("450");
        await Bank.PostAsync(mine, -300);

        Send(page);

        Assert.Equal("There is not enough money in this account. Available: $199.00.", page.Find("#amount-error").TextContent.Trim());
        Assert.Equal(bens.Id, page.Find("#payee").GetAttribute("value"));
    }

    [Fact]
    public async Task Send_PayeesAccountClosedMeanwhile_IsShownNextToThePayee()
    {
        var (_, bens, page) = await ReviewToPayeeAsync("50");
        await Bank.ChangeAsync(bens, a => a with { Status = AccountStatus.Closed });

        Send(page);

        Assert.Equal("This account cannot be paid into.", page.Find("#payee-error").TextContent.Trim());
    }

    [Fact]
    public async Task Send_LedgerBusy_KeepsTheReviewAndSaysThatTryingAgainIsSafe()
    {
        Bank.LedgerOptions.MaxTries = 1;
        Bank.LedgerOptions.RememberRowsFor = TimeSpan.Zero;
        var (_, bens, page) = await ReviewToPayeeAsync("50");
        Bank.Store.LoseRaces(1);

        Send(page);
        page.WaitForAssertion(() => Assert.Contains("will not be done twice", page.Find(".error-box").TextContent));
        page.Find(".error-box button").Click();

        page.WaitForAssertion(() => Assert.Equal("Money sent", page.Find("#receipt-title").TextContent));
        Assert.Equal(51, (await Bank.FindAsync(bens)).Balance.Amount);
    }

    [Fact]
    public async Task Open_OwnAccountAsTarget_ChoosesBothSides()
    {
        var checking = await Bank.OpenAsync(Ann, 500);
        var savings = await Bank.OpenAsync(Ann, 0, AccountType.Savings);

        var page = Open<TransferPage>(WithKey($"{Address}?from={savings.Id}&to={checking.Id}", out _));

        Assert.Equal(savings.Id, page.Find("#from").GetAttribute("value"));
        Assert.Equal(checking.Id, page.Find("#to").GetAttribute("value"));
    }

    [Fact]
    public async Task Open_Repeat_FillsTheFormAsTheEarlierTransfer()
    {
        var mine = await Bank.OpenAsync(Ann, 500);
        var bens = await Bank.OpenAsync(Ben);
        var page = Open<TransferPage>(WithKey(Address, out _));
        FillNew(page, bens.Number.Digits, "Ben Baker", "120", "Concert");
        Review(page);
        Send(page);
        var link = page.WaitForElement("#receipt-title").Closest("article")!.QuerySelector("a[href*='repeat=']")!.GetAttribute("href")!;

        page = Open<TransferPage>(WithKey(link, out _));

        page.WaitForAssertion(() => Assert.Equal("120.00", page.Find("#amount").GetAttribute("value")));
        Assert.Equal(bens.Id, page.Find("#payee").GetAttribute("value"));
        Assert.Equal(mine.Id, page.Find("#from").GetAttribute("value"));
        Assert.Equal("Concert", page.Find("#description").GetAttribute("value"));
        Assert.Equal(380, (await Bank.FindAsync(mine)).Balance.Amount);
    }

    [Fact]
    public async Task Open_RepeatOfSomebodyElsesOrOfMoneyReceived_IsAnEmptyForm()
    {
        await Bank.OpenAsync(Ann, 500);
        var mine = await Bank.OpenAsync(Ann);
        var bens = await Bank.OpenAsync(Ben, 500);
        var cats = await Bank.OpenAsync(Bank.Customer("cat", "Cat Cole"));
        var received = (await Bank.Ledger.ExecuteAsync(Orders.Transfer(bens, mine, 77, Bank.NextKey()))).Value;
        var foreign = (await Bank.Ledger.ExecuteAsync(Orders.Transfer(bens, cats, 78, Bank.NextKey()))).Value;
        foreach (var id in new[] { received.Id, foreign.Id, "nothing" })
        {
            var page = Open<TransferPage>(WithKey(Address + "?repeat=" + id, out _));
            Assert.Equal("", page.Find("#amount").GetAttribute("value") ?? "");
            Assert.DoesNotContain(cats.Number.Grouped, page.Markup, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Open_PayeeAsTarget_IsChosen()
    {
        var mine = await Bank.OpenAsync(Ann, 500);
        var bens = await PaidBeforeAsync(mine);

        var page = Open<TransferPage>(WithKey($"{Address}?to={bens.Id}", out _));

        Assert.Equal(bens.Id, page.Find("#payee").GetAttribute("value"));
    }

    [Fact]
    public async Task Open_AccountsOfOthersInTheAddress_AreAsIfTheyWereNotThere()
    {
        var mine = await Bank.OpenAsync(Ann, 500);
        var bens = await Bank.OpenAsync(Ben, 500);

        var page = Open<TransferPage>(WithKey($"{Address}?from={bens.Id}&to={bens.Id}", out _));

        Assert.Equal(mine.Id, page.Find("#from").GetAttribute("value"));
        Assert.DoesNotContain(bens.Id, page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(bens.Number.Digits[^4..], page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choose_IdsOfOthersByHand_AreRefused()
    {
        await Bank.OpenAsync(Ann, 500);
        await Bank.OpenAsync(Ann, 500, AccountType.Savings);
        var bens = await Bank.OpenAsync(Ben, 500);
        var page = Open<TransferPage>(WithKey(Address, out _));

        Choose(page, PayeeKind.Own);
        page.Find("#to").Change(bens.Id);
        page.Find("#from").Change(bens.Id);
        page.Find("#amount").Input("5");
        Review(page);

        Assert.Equal("Choose an account.", page.Find("#from-error").TextContent.Trim());
        Assert.Equal("Choose the account to move the money to.", page.Find("#to-error").TextContent.Trim());
        Assert.Equal(500, (await Bank.FindAsync(bens)).Balance.Amount);
    }

    [Fact]
    public async Task Choose_OnlyOneAccount_OffersToOpenAnother()
    {
        await Bank.OpenAsync(Ann, 500);
        var page = Open<TransferPage>(WithKey(Address, out _));

        Choose(page, PayeeKind.Own);

        Assert.NotEmpty(page.FindAll("a[href='/account/create']"));
    }

    [Fact]
    public async Task TypeNumber_RightNumber_IsGroupedWhenTheFieldIsLeft()
    {
        await Bank.OpenAsync(Ann, 500);
        var number = AccountNumber.Random();
        var page = Open<TransferPage>(WithKey(Address, out _));

        page.Find("#number").Change(number.Digits);

        Assert.Equal(number.Grouped, page.Find("#number").GetAttribute("value"));
    }

    private static void Choose(IRenderedComponent<TransferPage> page, PayeeKind kind) =>
        page.Find($"input[name=to-kind][value={kind}]").Change(kind.ToString());

    private static void FillNew(IRenderedComponent<TransferPage> page, string number, string name, string amount, string description = "")
    {
        Choose(page, PayeeKind.New);
        page.Find("#number").Input(number);
        page.Find("#name").Input(name);
        page.Find("#amount").Input(amount);
        page.Find("#description").Input(description);
    }

    private static void Review(IRenderedComponent<TransferPage> page) => page.Find("form").Submit();

    private static void Send(IRenderedComponent<TransferPage> page)
    {
        page.FindAll("form")[1].Submit();
        WaitUntilDone(page);
    }

    /// <summary>The review of a transfer from Ann's account with $500 to Ben, whom she has paid $1 before.</summary>
    private async Task<(Account Mine, Account Bens, IRenderedComponent<TransferPage> Page)> ReviewToPayeeAsync(string amount)
    {
        var mine = await Bank.OpenAsync(Ann, 500);
        var bens = await PaidBeforeAsync(mine);
        var page = Open<TransferPage>(WithKey(Address, out _));
        page.Find("#payee").Change(bens.Id);
        page.Find("#amount").Input(amount);
        Review(page);
        return (mine, bens, page);
    }

    /// <summary>The review of a transfer of $120 from Ann's account with $500 to Ben, whom she has not paid before.</summary>
    /// <param name="name">The name she types for him.</param>
    private async Task<(Account Mine, IRenderedComponent<TransferPage> Page)> ReviewToNewAsync(string name)
    {
        var mine = await Bank.OpenAsync(Ann, 500);
        var bens = await Bank.OpenAsync(Ben);
        var page = Open<TransferPage>(WithKey(Address, out _));
        FillNew(page, bens.Number.Digits, name, "120");
        Review(page);
        return (mine, page);
    }

    /// <summary>Confirms the reviewed payment, as after a right code, and goes through the form again.</summary>
    private async Task ConfirmAsync(IRenderedComponent<TransferPage> page)
    {
        Send(page);
        var asked = Assert.Single(Bank.ConfirmationStore.Rows);
        Assert.True((await Bank.Confirmations.ConfirmAsync("ann", "session-ann", asked.Id, ConfirmationFactor.Authenticator)).IsSuccess);
        page.FindAll("form")[1].QuerySelectorAll("button").Single(button => button.TextContent == "Change").Click();
        Review(page);
    }

    private async Task<Account> PaidBeforeAsync(Account from)
    {
        var bens = await Bank.OpenAsync(Ben);
        await SendElsewhereAsync(from, bens, 1);
        return bens;
    }

    private async Task<Transfer> HoldAsync(string key, Account from, Account to) =>
        (await Bank.Ledger.ExecuteAsync(Orders.Transfer(from, to, 100, key) with { CreditName = "Ben", Hold = true })).Value;

    private async Task SendElsewhereAsync(Account from, Account to, decimal amount)
    {
        var ann = Ann with { SecondFactorAt = Bank.Time.GetUtcNow() };
        var request = new TransferRequest(
            Guid.NewGuid().ToString("N"),
            from.Id,
            new TransferTarget.Someone(to.Number.Digits, "Ben Baker"),
            Money.Of(amount, Currency.Usd),
            null
        );
        var review = await Bank.Transfers.ReviewAsync(ann, request);
        Assert.True((await Bank.Transfers.SendAsync(ann, review.Value, duplicateConfirmed: true)).IsSuccess);
    }
}
