namespace BankPortal.Tests.Ledger.Payees;

[UnitTest]
public sealed class PayeeServiceTests
{
    private readonly InMemoryBank _bank = new();
    private readonly PayeeService _service;
    private readonly Actor _ann;
    private readonly Actor _ben;

    public PayeeServiceTests()
    {
        _ann = _bank.Customer("ann", "Ann Archer");
        _ben = _bank.Customer("ben", "Ben Baker");
        _service = new PayeeService(_bank.Payees, _bank.Store, _bank.Store, _bank.Directory, _bank.LedgerOptions, _bank.StepUp, _bank.Time);
    }

    [Fact]
    public async Task Add_WithoutFreshSecondFactor_IsRefused()
    {
        var to = await _bank.OpenAsync(_ben);
        var stale = _ann with { SecondFactorAt = null };
        Assert.IsType<SecondFactorStaleError>((await _service.AddAsync(stale, to.Number.Digits, "Ben Baker", null, false)).Error);
        Assert.Empty(await _service.ListAsync(_ann));
    }

    [Fact]
    public async Task Add_NameDiffers_HasToBeConfirmedAndTellsNoName()
    {
        var to = await _bank.OpenAsync(_ben);
        var refusal = (await _service.AddAsync(_ann, to.Number.Digits, "Somebody Else", null, false)).Error;
        Assert.Equal(NameMatch.NoMatch, Assert.IsType<PayeeNameDiffersError>(refusal).Match);
        Assert.DoesNotContain("Baker", refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(
            NameMatch.CloseMatch,
            Assert.IsType<PayeeNameDiffersError>((await _service.AddAsync(_ann, to.Number.Digits, "Ben Bakker", null, false)).Error).Match);
        Assert.Equal(NameMatch.NoMatch, (await _service.AddAsync(_ann, to.Number.Digits, "Somebody Else", "Bee", true)).Value.NameMatch);
        Assert.Equal("Bee", Assert.Single(await _service.ListAsync(_ann)).Payee.Label);
    }

    [Fact]
    public async Task Add_WhatCannotBeAdded_IsRefusedAtItsField()
    {
        var own = await _bank.OpenAsync(_ann);
        var to = await _bank.OpenAsync(_ben);
        Assert.IsType<PayeeIsOwnError>((await _service.AddAsync(_ann, own.Number.Digits, "Ann", null, true)).Error);
        Assert.IsType<UnknownAccountNumberError>((await _service.AddAsync(_ann, AccountNumber.Random().Digits, "Ben", null, true)).Error);
        Assert.Equal("number", (await _service.AddAsync(_ann, "12", "Ben", null, true)).Error?.Field);
        Assert.Equal("name", (await _service.AddAsync(_ann, to.Number.Digits, " ", null, true)).Error?.Field);
        Assert.Equal("nickname", (await _service.AddAsync(_ann, to.Number.Digits, "Ben", new string('a', 41), true)).Error?.Field);
        Assert.True((await _service.AddAsync(_ann, to.Number.Digits, "Ben Baker", null, false)).IsSuccess);
        Assert.IsType<PayeeKnownError>((await _service.AddAsync(_ann, to.Number.Digits, "Ben Baker", null, false)).Error);
        Assert.IsType<NotAllowedError>((await _service.AddAsync(new Actor("fay", [BankRoles.Analyst]), to.Number.Digits, "Ben", null, true)).Error);
    }

    [Fact]
    public async Task Add_ThenFirstTransfer_StillCountsAsTheFirst()
    {
        var from = await _bank.OpenAsync(_ann, 100);
        var to = await _bank.OpenAsync(_ben);
        Assert.True((await _service.AddAsync(_ann, to.Number.Digits, "Ben Baker", "Bee", false)).IsSuccess);
        var request = new TransferRequest(
            _bank.NextKey(), from.Id, new TransferTarget.Someone(to.Number.Digits, "Ben Baker"), Money.Of(10, Currency.Usd), null);
        var review = (await _bank.Transfers.ReviewAsync(_ann, request)).Value;
        Assert.True(review.IsNewPayee);
        Assert.True((await _bank.Transfers.SendAsync(_ann, review, false)).IsSuccess);

        var payee = Assert.Single(await _service.ListAsync(_ann)).Payee;
        Assert.Equal((_bank.Time.GetUtcNow(), "Bee"), (payee.FirstPaidAt, payee.Nickname));
        Assert.False((await _bank.Transfers.ReviewAsync(_ann, request with { IdempotencyKey = _bank.NextKey() })).Value.IsNewPayee);
    }

    [Fact]
    public async Task List_ClosedAccountAndFavourites_AreShownAsSuch()
    {
        var first = await _bank.OpenAsync(_ben);
        var second = await _bank.OpenAsync(_ben);
        Assert.True((await _service.AddAsync(_ann, first.Number.Digits, "Ben Baker", null, false)).IsSuccess);
        _bank.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await _service.AddAsync(_ann, second.Number.Digits, "Ben Baker", null, false)).IsSuccess);
        Assert.True((await _service.ChangeAsync(_ann, first.Id, " Best ", true)).IsSuccess);
        await _bank.ChangeAsync(second, account => account with { Status = AccountStatus.Closed });

        var listed = await _service.ListAsync(_ann);
        Assert.Equal([(first.Id, false), (second.Id, true)], listed.Select(one => (one.Payee.AccountId, one.IsClosed)));
        Assert.Equal(("Best", true), (listed[0].Payee.Nickname, listed[0].Payee.IsFavourite));

        Assert.IsType<NotFoundError>((await _service.ChangeAsync(_ben, first.Id, "x", true)).Error);
        Assert.Equal("nickname", (await _service.ChangeAsync(_ann, first.Id, new string('a', 41), true)).Error?.Field);
        Assert.True((await _service.RemoveAsync(_ben, first.Id)).IsSuccess);
        Assert.Equal(2, (await _service.ListAsync(_ann)).Length);
        Assert.True((await _service.RemoveAsync(_ann, first.Id)).IsSuccess);
        Assert.Single(await _service.ListAsync(_ann));
    }
}
