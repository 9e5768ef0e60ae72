namespace BankPortal.Tests.Ledger.Posting;

/// <summary>Who may take what back, when, and what else changes by it.</summary>
[UnitTest]
public sealed class ReversalRulesTests
{
    private static readonly Actor Analyst = StaffActors.Fresh("analyst", BankRoles.Analyst);

    private readonly InMemoryBank _bank = new();
    private readonly Actor _ann;
    private readonly Actor _ben;

    public ReversalRulesTests()
    {
        _ann = _bank.Customer("ann", "Ann Archer");
        _ben = _bank.Customer("ben", "Ben Baker");
    }

    [Theory]
    [InlineData(BankRoles.Customer, false), InlineData(BankRoles.Compliance, false), InlineData(BankRoles.Manager, false)]
    [InlineData(BankRoles.Analyst, true), InlineData(BankRoles.Admin, true)]
    public async Task Reverse_ByRole_OnlyAnalystsAndAdministrators(string role, bool may)
    {
        var (_, _, transfer) = await SentAsync();

        // Otherwise not even the customer whose money it is.
        var result = await _bank.Ledger.ReverseAsync(new Actor(may ? "fay" : "ann", [role]), transfer.Id, "fraud");

        Assert.Equal(may, result.IsSuccess);
        Assert.Equal(may, (await TransferAsync(transfer)).ReversedById is not null);
        if (!may)
        {
            Assert.IsType<NotAllowedError>(result.Error);
        }
    }

    [Fact]
    public async Task ReverseReleaseReject_WithoutAProperReason_AreRefused()
    {
        var (mine, bens, transfer) = await SentAsync();
        var held = (await _bank.Ledger.ExecuteAsync(Order(mine, bens, 5) with { Hold = true })).Value;
        string[] bad = ["", " \u200b ", new string('x', StaffReason.MaxLength + 1)];

        foreach (var reason in bad)
        {
            Assert.Equal(
                "reason",
                Assert.IsType<InvalidInputError>((await _bank.Ledger.ReverseAsync(Analyst, transfer.Id, reason)).Error).Field
            );
            Assert.Equal(
                "reason",
                Assert.IsType<InvalidInputError>((await _bank.Ledger.ReleaseAsync(Analyst, held.Id, reason)).Error).Field
            );
            Assert.Equal(
                "reason",
                Assert.IsType<InvalidInputError>((await _bank.Ledger.RejectAsync(Analyst, held.Id, reason)).Error).Field
            );
        }

        Assert.Equal(TransferStatus.Held, (await TransferAsync(held)).Status);
        var rejected = (await _bank.Ledger.RejectAsync(Analyst, held.Id, new string('x', StaffReason.MaxLength))).Value;
        Assert.Equal((StaffReason.MaxLength, "analyst"), (rejected.Reason!.Length, rejected.SettledBy));
    }

    [Theory]
    [InlineData("x"), InlineData(""), InlineData("00000000000000000000")]
    public async Task Reverse_WhatDoesNotExist_IsNotFound(string id) =>
        Assert.IsType<NotFoundError>((await _bank.Ledger.ReverseAsync(Analyst, id, "fraud")).Error);

    [Fact]
    public async Task Reverse_HeldOrRejected_IsRefused()
    {
        var (mine, bens, _) = await SentAsync();
        var held = (await _bank.Ledger.ExecuteAsync(Order(mine, bens, 5) with { Hold = true })).Value;

        Assert.IsType<NotPostedError>((await _bank.Ledger.ReverseAsync(Analyst, held.Id, "fraud")).Error);
        await _bank.Ledger.RejectAsync(Analyst, held.Id, "fraud");
        Assert.IsType<NotPostedError>((await _bank.Ledger.ReverseAsync(Analyst, held.Id, "fraud")).Error);
    }

    [Fact]
    public async Task Reverse_Again_GivesTheFirstToTheSamePersonAndRefusesOthers()
    {
        var (_, _, transfer) = await SentAsync();
        var first = (await _bank.Ledger.ReverseAsync(Analyst, transfer.Id, "fraud")).Value;

        Assert.Equal(first, (await _bank.Ledger.ReverseAsync(Analyst, transfer.Id, "another reason", mayOverdraw: true)).Value);
        Assert.IsType<AlreadyReversedError>(
            (await _bank.Ledger.ReverseAsync(Analyst with { UserId = "other" }, transfer.Id, "fraud")).Error
        );
        Assert.IsType<IsReversalError>((await _bank.Ledger.ReverseAsync(Analyst, first.Id, "fraud")).Error);
    }

    [Fact]
    public async Task Reverse_FundsGone_NeedsLeaveToOverdrawAndRecordsByHowMuch()
    {
        var (mine, bens, transfer) = await SentAsync();
        await _bank.PostAsync(bens, -25);

        var refused = await _bank.Ledger.ReverseAsync(Analyst, transfer.Id, "fraud");
        Assert.Equal(LedgerWorld.Usd(5), Assert.IsType<ReversalNotCoveredError>(refused.Error).Available);
        Assert.Equal(LedgerWorld.Usd(70), (await _bank.FindAsync(mine)).Balance);

        var reversal = (await _bank.Ledger.ReverseAsync(Analyst, transfer.Id, "fraud", mayOverdraw: true)).Value;
        Assert.Equal(2500, reversal.Overdrawn);
        Assert.Equal(LedgerWorld.Usd(-25), (await _bank.FindAsync(bens)).Available);
        Assert.Equal(LedgerWorld.Usd(100), (await _bank.FindAsync(mine)).Balance);

        // Nothing more leaves; what comes in first fills the hole.
        Assert.IsType<InsufficientFundsError>((await _bank.Ledger.ExecuteAsync(Order(bens, mine, 1))).Error);
        await _bank.PostAsync(bens, 26);
        Assert.True((await _bank.Ledger.ExecuteAsync(Order(bens, mine, 1))).IsSuccess);
    }

    [Fact]
    public async Task Reverse_ReservedFunds_AreNotTakenWithoutLeaveAndAHoldOnThemIsThenNotReleased()
    {
        var (mine, bens, transfer) = await SentAsync();
        var held = (await _bank.Ledger.ExecuteAsync(Order(bens, mine, 20) with { Hold = true })).Value;

        Assert.Equal(
            LedgerWorld.Usd(10),
            Assert.IsType<ReversalNotCoveredError>((await _bank.Ledger.ReverseAsync(Analyst, transfer.Id, "fraud")).Error).Available
        );
        Assert.Equal(2000, (await _bank.Ledger.ReverseAsync(Analyst, transfer.Id, "fraud", mayOverdraw: true)).Value.Overdrawn);

        Assert.IsType<InsufficientFundsError>((await _bank.Ledger.ReleaseAsync(Analyst, held.Id, "checked")).Error);
        Assert.True((await _bank.Ledger.RejectAsync(Analyst, held.Id, "fraud")).IsSuccess);
        var after = await _bank.FindAsync(bens);
        Assert.Equal((0, 0), (after.Balance.MinorUnits, after.Held.MinorUnits));
    }

    [Fact]
    public async Task Reverse_FrozenAccounts_AreNoObstacle()
    {
        var (mine, bens, transfer) = await SentAsync();
        await _bank.Accounts.FreezeAsync(Analyst, bens.Id, "because");
        await _bank.Accounts.FreezeAsync(Analyst, mine.Id, "because");

        Assert.True((await _bank.Ledger.ReverseAsync(Analyst, transfer.Id, "fraud")).IsSuccess);
        Assert.Equal(LedgerWorld.Usd(100), (await _bank.FindAsync(mine)).Balance);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Reverse_ClosedAccount_IsRefused(bool payersIsClosed)
    {
        var (mine, bens, transfer) = await SentAsync();
        await _bank.ChangeAsync(payersIsClosed ? mine : bens, account => account with { Status = AccountStatus.Closed });

        Assert.IsType<ReversalAccountClosedError>(
            (await _bank.Ledger.ReverseAsync(Analyst, transfer.Id, "fraud", mayOverdraw: true)).Error
        );
        Assert.Null((await TransferAsync(transfer)).ReversedById);
    }

    [Fact]
    public async Task Reverse_CashMovements_GoBackToTheBanksOwnAccount()
    {
        var mine = await _bank.OpenAsync(_ann);
        var deposit = (await _bank.Transfers.DepositAsync(_ann, "d", mine.Id, LedgerWorld.Usd(50), null)).Value;
        var withdrawal = (await _bank.Transfers.WithdrawAsync(_ann, "w", mine.Id, LedgerWorld.Usd(20), null)).Value;

        Assert.IsType<ReversalNotCoveredError>((await _bank.Ledger.ReverseAsync(Analyst, deposit.Id, "miscounted")).Error);
        Assert.True((await _bank.Ledger.ReverseAsync(Analyst, withdrawal.Id, "not paid out")).IsSuccess);
        Assert.True((await _bank.Ledger.ReverseAsync(Analyst, deposit.Id, "miscounted")).IsSuccess);
        Assert.True((await _bank.FindAsync(mine)).Balance.IsZero);
    }

    [Fact]
    public async Task Reverse_OfToday_GivesTheLimitBackAndCountsInNoWindow()
    {
        var (mine, bens, transfer) = await SentAsync();
        var (before, bensBefore) = (await _bank.FindAsync(mine), await _bank.FindAsync(bens));
        Assert.Equal(LedgerWorld.Usd(30), _bank.Transfers.LimitsOf(before).UsedToday);

        await _bank.Ledger.ReverseAsync(Analyst, transfer.Id, "fraud");

        var (after, bensAfter) = (await _bank.FindAsync(mine), await _bank.FindAsync(bens));
        Assert.Equal(LedgerWorld.Usd(0), _bank.Transfers.LimitsOf(after).UsedToday);
        Assert.Equal(before.Activity.Hours, after.Activity.Hours);
        Assert.Equal(bensBefore.Activity, bensAfter.Activity);
    }

    [Fact]
    public async Task Reverse_OfYesterday_LeavesTodaysLimitAlone()
    {
        var (mine, bens, transfer) = await SentAsync();
        _bank.Time.Advance(TimeSpan.FromDays(1));
        await _bank.Ledger.ExecuteAsync(Order(mine, bens, 12));

        await _bank.Ledger.ReverseAsync(Analyst, transfer.Id, "fraud");

        Assert.Equal(LedgerWorld.Usd(12), _bank.Transfers.LimitsOf(await _bank.FindAsync(mine)).UsedToday);
    }

    [Fact]
    public async Task Reverse_StoreUnreachable_SaysNothingWasChanged()
    {
        var (_, _, transfer) = await SentAsync();
        _bank.Store.FailCommitsBeforeWriting(10);

        Assert.IsType<OutcomeUnknownError>((await _bank.Ledger.ReverseAsync(Analyst, transfer.Id, "fraud")).Error);
    }

    private static TransferOrder Order(Account from, Account to, decimal amount) => new()
    {
        Actor = Actor.Customer(from.OwnerId),
        IdempotencyKey = Guid.NewGuid().ToString("N"),
        Kind = TransferKind.Transfer,
        DebitAccountId = from.Id,
        CreditAccountId = to.Id,
        Amount = LedgerWorld.Usd(amount),
        DuplicateConfirmed = true,
    };

    private async Task<(Account Mine, Account Bens, Transfer Transfer)> SentAsync()
    {
        var (mine, bens) = (await _bank.OpenAsync(_ann, 100), await _bank.OpenAsync(_ben));
        return (mine, bens, (await _bank.Ledger.ExecuteAsync(Order(mine, bens, 30))).Value);
    }

    private async Task<Transfer> TransferAsync(Transfer transfer) => (await _bank.Store.FindTransferAsync(transfer.Id))!;
}
