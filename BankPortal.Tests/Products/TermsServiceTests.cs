using BankPortal.Core.Products.Terms;

namespace BankPortal.Tests.Products;

[UnitTest]
public sealed class TermsServiceTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 6, 15);
    private readonly ProductBank _bank = ProductBank.Saving(2, Start);

    [Fact]
    public async Task Read_NewBank_StartsWithTheConfiguredTermsFromToday()
    {
        var book = await _bank.Terms.ReadAsync(AccountType.Savings);
        var first = Assert.Single(book.Versions);
        Assert.Equal((Today, TermsState.Approved, 1), (first.From, first.State, first.Sequence));
        Assert.Equal(2, first.Terms.Tiers[0].Rate);
        Assert.Equal(book.Versions, (await _bank.Terms.ReadAsync(AccountType.Savings)).Versions);
    }

    [Fact]
    public async Task Approve_ByAnotherPerson_AppliesFromItsDay()
    {
        var proposed = (await ProposeAsync(3, Today.AddDays(10))).Value;
        Assert.Equal(2, (await _bank.Terms.ReadAsync(AccountType.Savings)).On(Today.AddDays(20))!.Terms.Tiers[0].Rate);

        Assert.True((await _bank.Terms.ApproveAsync(ProductBank.Second, AccountType.Savings, proposed.Number, "Agreed")).IsSuccess);

        var book = await _bank.Terms.ReadAsync(AccountType.Savings);
        Assert.Equal(2, book.On(Today.AddDays(9))!.Terms.Tiers[0].Rate);
        Assert.Equal(3, book.On(Today.AddDays(10))!.Terms.Tiers[0].Rate);
        Assert.Equal(proposed.Number, Assert.Single(book.After(Today)).Number);
        Assert.Contains(_bank.Bank.Audit.Records, record => record.Action == "terms.approve");
    }

    [Fact]
    public async Task Approve_ByTheMakerOrSomebodyRelatedOrWithoutRoleOrProof_IsRefused()
    {
        var number = (await ProposeAsync(3, Today)).Value.Number;
        _bank.Bank.Related.Relate("second", "manager");
        Assert.IsType<SecondPersonDecidesError>(await ErrorAsync(ProductBank.Manager));
        Assert.IsType<ConflictOfInterestError>(await ErrorAsync(ProductBank.Second));
        Assert.IsType<NotAllowedError>(await ErrorAsync(StaffActors.Fresh("x", BankRoles.Analyst)));
        Assert.IsType<NotAllowedError>(await ErrorAsync(Actor.Customer("ava")));
        Assert.IsType<SecondFactorStaleError>(await ErrorAsync(new Actor("third", [BankRoles.Manager])));
        Assert.Equal(TermsState.Proposed, (await _bank.Terms.ReadAsync(AccountType.Savings)).Versions[1].State);

        async Task<Error?> ErrorAsync(Actor actor) => (await _bank.Terms.ApproveAsync(actor, AccountType.Savings, number, "Fine")).Error;
    }

    [Fact]
    public async Task Approve_Twice_IsRefused()
    {
        var number = (await ProposeAsync(3, Today)).Value.Number;
        Assert.True((await _bank.Terms.ApproveAsync(ProductBank.Second, AccountType.Savings, number, "Fine")).IsSuccess);
        Assert.IsType<TermsDecidedError>((await _bank.Terms.RejectAsync(ProductBank.Second, AccountType.Savings, number, "No")).Error);
    }

    [Fact]
    public async Task Withdraw_ByTheMakerOnly()
    {
        var number = (await ProposeAsync(3, Today)).Value.Number;
        Assert.IsType<NotAllowedError>((await _bank.Terms.WithdrawAsync(ProductBank.Second, AccountType.Savings, number, "No")).Error);
        Assert.Equal(
            TermsState.Withdrawn,
            (await _bank.Terms.WithdrawAsync(ProductBank.Manager, AccountType.Savings, number, "Mistyped")).Value.State);
    }

    [Fact]
    public async Task Approve_ItsFirstDayPassedMeanwhile_IsRefused()
    {
        var number = (await ProposeAsync(3, Today.AddDays(1))).Value.Number;
        _bank.Bank.Time.Advance(TimeSpan.FromDays(3));
        Assert.IsType<TermsLateError>((await _bank.Terms.ApproveAsync(ProductBank.Second, AccountType.Savings, number, "Late")).Error);
    }

    [Theory]
    [InlineData(-1, false, "from", "This day is in the past. Choose a later day, or mark the change as a correction.")]
    [InlineData(-731, true, "from", "A correction can go back two years at most.")]
    [InlineData(731, false, "from", "Terms can be set two years ahead at most.")]
    public async Task Propose_DayThatIsNotPossible_IsRefused(int days, bool isCorrection, string field, string sentence)
    {
        var result = await _bank.Terms.ProposeAsync(
            ProductBank.Manager, new(AccountType.Savings, ProductBank.Rate(3), Today.AddDays(days), isCorrection, "Why not"));
        var error = Assert.Single(Assert.IsType<TermsInvalidError>(result.Error).Errors);
        Assert.Equal((field, sentence), (error.Field, error.Message));
    }

    [Fact]
    public async Task Propose_FeesForThePast_IsRefused()
    {
        var terms = ProductBank.Rate(3) with { Fees = new FeeTerms { Monthly = 1 } };
        var result = await _bank.Terms.ProposeAsync(ProductBank.Manager, new(AccountType.Savings, terms, Today.AddDays(-1), true, "Why not"));
        Assert.Equal("monthly", Assert.Single(Assert.IsType<TermsInvalidError>(result.Error).Errors).Field);
    }

    [Fact]
    public async Task Propose_SameTermsOrNoReasonOrNoRole_IsRefused()
    {
        Assert.IsType<TermsUnchangedError>((await ProposeAsync(2, Today)).Error);
        var noReason = await _bank.Terms.ProposeAsync(ProductBank.Manager, new(AccountType.Savings, ProductBank.Rate(3), Today, false, " "));
        Assert.Equal("reason", noReason.Error!.Field);
        var admin = StaffActors.Fresh("boss", BankRoles.Admin);
        Assert.IsType<NotAllowedError>(
            (await _bank.Terms.ProposeAsync(admin, new(AccountType.Savings, ProductBank.Rate(3), Today, false, "Why not"))).Error);
        Assert.IsType<NotAllowedError>((await _bank.Terms.ListAsync(Actor.Customer("ava"))).Error);
    }

    public static TheoryData<string, string, RateTier[]> WrongTiers => new()
    {
        { "tier0From", "This leaves a gap: balances below 100.00 have no rate. Begin at 0.", [new(100, 1)] },
        { "tier1From", "Two tiers begin at 50.00, so they overlap. Change or remove one.", [new(0, 1), new(50, 2), new(50, 3)] },
        { "tier1From", "This tier overlaps the one before it: begin above 50.00.", [new(0, 1), new(50, 2), new(20, 3)] },
        { "tier1From", "The start of a tier cannot be negative.", [new(0, 1), new(-5, 2)] },
        { "tier0Rate", "A rate cannot be negative.", [new(0, -0.1m)] },
        { "tier0Rate", "A rate can be 25% at most.", [new(0, 25.01m)] },
        { "tier0Rate", "Use four decimal places at most.", [new(0, 1.00001m)] },
        { "tier0From", "Enter at least one tier. A product without interest has one tier with the rate 0.", [] },
    };

    [Theory, MemberData(nameof(WrongTiers))]
    public void Check_WrongRateTable_SaysWhatIsWrongAndWhere(string field, string sentence, RateTier[] tiers)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
        var error = Assert.Single(new ProductTerms(DayCount.Actual365, [.. tiers], FeeTerms.None).Check());
        Assert.Equal((field.Replace("tier1From", tiers.Length == 3 ? "tier2From" : "tier1From", StringComparison.Ordinal), sentence), (error.Field, error.Message));
    }

    [Fact]
    public void Check_WrongFees_SaysWhatIsWrongAndWhere()
    {
        Assert.Equal(["monthly"], Fields(new FeeTerms { Monthly = -1 }));
        Assert.Equal(["perMovement"], Fields(new FeeTerms { PerMovement = 0.001m }));
        Assert.Equal(["waivedFrom"], Fields(new FeeTerms { WaivedFrom = 10 }));
        Assert.Equal(["freeMovements"], Fields(new FeeTerms { PerMovement = 1, FreeMovements = -1 }));
        Assert.Equal(["freeMovements"], Fields(new FeeTerms { FreeMovements = 3 }));
        Assert.Empty(Fields(new FeeTerms { Monthly = 1, WaivedFrom = 10, PerMovement = 1, FreeMovements = 3 }));

        static IEnumerable<string?> Fields(FeeTerms fees) =>
            new ProductTerms(DayCount.Actual365, [new(0, 0)], fees).Check().Select(error => error.Field);
    }

    private Task<Result<TermsVersion>> ProposeAsync(decimal rate, DateOnly from) => _bank.Terms.ProposeAsync(
        ProductBank.Manager, new TermsProposal(AccountType.Savings, ProductBank.Rate(rate), from, false, "The market moved"));
}
