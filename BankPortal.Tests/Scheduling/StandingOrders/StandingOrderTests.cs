using BankPortal.Core.Common.Events;
using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Scheduling.StandingOrders;

namespace BankPortal.Tests.Scheduling.StandingOrders;

[UnitTest]
public sealed class StandingOrderTests
{
    private readonly StandingOrderBank _bank = new();

    [Fact]
    public async Task Run_OnItsDay_PaysOnceAndGoesOn()
    {
        var (from, to) = await AccountsAsync(1_000);
        var order = await _bank.CreateAsync(from, to, 100, PaymentSchedule.Monthly(StandingOrderBank.Day("2026-11-30")) with { Count = 3 });

        await _bank.RunOnAsync("2026-11-30", 5);
        Assert.Equal(0, (await _bank.Bank.FindAsync(to)).Balance.MinorUnits);

        await _bank.RunOnAsync("2026-11-30");
        await _bank.RunAsync();
        Assert.Equal(100_00, (await _bank.Bank.FindAsync(to)).Balance.MinorUnits);
        Assert.Equal("2026-12-30", (await _bank.FindAsync(order)).NextDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

        await _bank.RunOnAsync("2026-12-30");
        await _bank.RunOnAsync("2027-02-01");
        Assert.Equal(200_00, (await _bank.Bank.FindAsync(to)).Balance.MinorUnits - 100_00);
        Assert.Equal(StandingOrderState.Finished, (await _bank.FindAsync(order)).State);
        Assert.Equal(
            [("2026-11-30", RunOutcome.Paid), ("2026-12-30", RunOutcome.Paid), ("2027-01-30", RunOutcome.Paid)], await _bank.RunsAsync(order));
        Assert.Equal([BankEventKinds.StandingOrderExecuted], _bank.Events.All.Select(happened => happened.Kind).Distinct());
        Assert.Equal(3, _bank.Events.All.Count());
        Assert.NotNull(await _bank.Bank.Payees.FindAsync("ann", to.Id));
    }

    [Fact]
    public async Task Run_AfterDowntime_PaysEachMissedDateOnceInOrderAndNoneThatIsTooOld()
    {
        var (from, to) = await AccountsAsync(1_000);
        var order = await _bank.CreateAsync(from, to, 10, PaymentSchedule.Weekly(StandingOrderBank.Day("2026-12-01")));

        // Down from before the first date until the third week: the first is older than ten days.
        await _bank.RunOnAsync("2026-12-16");

        Assert.Equal(
            [("2026-12-01", RunOutcome.Missed), ("2026-12-08", RunOutcome.Paid), ("2026-12-15", RunOutcome.Paid)], await _bank.RunsAsync(order));
        Assert.Equal(20_00, (await _bank.Bank.FindAsync(to)).Balance.MinorUnits);
        Assert.Equal([BankEventKinds.StandingOrderFailed], _bank.Events.All.Where(e => e.Facts["day"] == "2026-12-01").Select(e => e.Kind));
    }

    [Fact]
    public async Task Run_MoneyIsMissing_TriesAgainTheSameDayAndThenHasFailed()
    {
        var (from, to) = await AccountsAsync(50);
        var order = await _bank.CreateAsync(from, to, 100, PaymentSchedule.Weekly(StandingOrderBank.Day("2026-12-01")));

        await _bank.RunOnAsync("2026-12-01");
        Assert.Equal((1, "InsufficientFunds"), ((await _bank.FindAsync(order)).Tries, (await _bank.FindAsync(order)).LastRefusal));
        await _bank.RunOnAsync("2026-12-01", 12);
        Assert.Equal(2, (await _bank.FindAsync(order)).Tries);
        Assert.Empty(_bank.Events.All);
        await _bank.RunOnAsync("2026-12-01", 18);
        Assert.Equal([("2026-12-01", RunOutcome.Failed)], await _bank.RunsAsync(order));
        Assert.Equal((BankEventKinds.StandingOrderFailed, "There was not enough money in the account."), _bank.Events.All.Select(e => (e.Kind, e.Facts["reason"])).Single());

        // Money that comes in between two tries is enough.
        await _bank.RunOnAsync("2026-12-08");
        await _bank.Bank.PostAsync(from, 100);
        await _bank.RunOnAsync("2026-12-08", 12);
        Assert.Equal(RunOutcome.Paid, (await _bank.RunsAsync(order))[1].Outcome);
        Assert.Equal(0, (await _bank.FindAsync(order)).FailuresInRow);
    }

    [Fact]
    public async Task Run_FailsThreeTimesInARow_PausesAndTells()
    {
        var (from, to) = await AccountsAsync(0);
        var order = await _bank.CreateAsync(from, to, 100, PaymentSchedule.Weekly(StandingOrderBank.Day("2026-12-01")));
        foreach (var day in new[] { "2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22" })
        {
            await _bank.RunOnAsync(day, 20);
        }

        var paused = await _bank.FindAsync(order);
        Assert.Equal((StandingOrderState.Paused, "InsufficientFunds", null), (paused.State, paused.PausedFor, paused.NextRunAt));
        Assert.Equal(3, (await _bank.RunsAsync(order)).Count);
        Assert.Single(_bank.Events.All, e => e.Kind == BankEventKinds.StandingOrderPaused);
    }

    [Fact]
    public async Task Run_PayeeIsClosed_PausesAtOnceAndCannotBeResumed()
    {
        var (from, to) = await AccountsAsync(1_000);
        var order = await _bank.CreateAsync(from, to, 100, PaymentSchedule.Weekly(StandingOrderBank.Day("2026-12-01")));
        await _bank.Bank.ChangeAsync(to, account => account with { Status = AccountStatus.Closed });

        await _bank.RunOnAsync("2026-12-01");

        Assert.Equal((StandingOrderState.Paused, "CreditAccountClosed"), ((await _bank.FindAsync(order)).State, (await _bank.FindAsync(order)).PausedFor));
        Assert.IsType<CreditAccountClosedError>((await _bank.Service.ResumeAsync(_bank.Ann, order.Id)).Error);
    }

    [Fact]
    public async Task Run_KilledBetweenTransferAndNote_PaysOnceAndTellsOnce()
    {
        var (from, to) = await AccountsAsync(1_000);
        var order = await _bank.CreateAsync(from, to, 100, PaymentSchedule.Weekly(StandingOrderBank.Day("2026-12-01")));
        _bank.Orders.BeforeWrite = _ => throw new IOException("killed");
        await _bank.RunOnAsync("2026-12-01");
        Assert.Equal(100_00, (await _bank.Bank.FindAsync(to)).Balance.MinorUnits);
        Assert.Empty(await _bank.RunsAsync(order));

        _bank.Orders.BeforeWrite = null;
        await _bank.RunAsync(_bank.NewNode());

        Assert.Equal(100_00, (await _bank.Bank.FindAsync(to)).Balance.MinorUnits);
        Assert.Equal([("2026-12-01", RunOutcome.Paid)], await _bank.RunsAsync(order));
        Assert.Single(_bank.Events.All);
    }

    [Fact]
    public async Task Run_ChangedBetweenTransferAndNote_IsNotPaidAgainWithTheNewAmount()
    {
        var (from, to) = await AccountsAsync(1_000);
        var order = await _bank.CreateAsync(from, to, 100, PaymentSchedule.Weekly(StandingOrderBank.Day("2026-12-01")));
        _bank.Orders.BeforeWrite = _ => throw new IOException("killed");
        await _bank.RunOnAsync("2026-12-01");
        _bank.Orders.BeforeWrite = null;
        var change = new StandingOrderChange(from.Id, Money.Of(70, Currency.Usd), "Less", order.Schedule);
        Assert.True((await _bank.Service.ChangeAsync(_bank.Ann, order.Id, change)).IsSuccess);

        await _bank.RunAsync();
        Assert.Equal(100_00, (await _bank.Bank.FindAsync(to)).Balance.MinorUnits);
        Assert.Equal(100_00, Assert.Single(await _bank.Orders.ReadRunsAsync("ann", order.Id, 9)).Amount.MinorUnits);
        await _bank.RunOnAsync("2026-12-08");
        Assert.Equal(170_00, (await _bank.Bank.FindAsync(to)).Balance.MinorUnits);
    }

    [Fact]
    public async Task Run_CancelledWhileItPays_IsNotedAndStaysCancelled()
    {
        var (from, to) = await AccountsAsync(1_000);
        var order = await _bank.CreateAsync(from, to, 100, PaymentSchedule.Weekly(StandingOrderBank.Day("2026-12-01")));
        _bank.Orders.BeforeWrite = _ =>
        {
            _bank.Orders.BeforeWrite = null;
            Assert.True(_bank.Service.CancelAsync(_bank.Ann, order.Id).GetAwaiter().GetResult().IsSuccess);
        };

        await _bank.RunOnAsync("2026-12-01");

        Assert.Equal(StandingOrderState.Cancelled, (await _bank.FindAsync(order)).State);
        Assert.Equal([("2026-12-01", RunOutcome.Paid)], await _bank.RunsAsync(order));
        await _bank.RunOnAsync("2026-12-08");
        Assert.Equal(100_00, (await _bank.Bank.FindAsync(to)).Balance.MinorUnits);
    }

    [Fact]
    public async Task Run_HeldByTheAssessment_CountsAsExecutedWithItsState()
    {
        var bank = new StandingOrderBank(new HoldAll());
        var from = await bank.Bank.OpenAsync(bank.Ann, 1_000);
        var to = await bank.Bank.OpenAsync(bank.Ben);
        var order = await bank.CreateAsync(from, to, 100, PaymentSchedule.Weekly(StandingOrderBank.Day("2026-12-01")));

        await bank.RunOnAsync("2026-12-01");

        Assert.Equal([("2026-12-01", RunOutcome.Held)], await bank.RunsAsync(order));
        Assert.Equal("true", Assert.Single(bank.Events.All).Facts["held"]);
        Assert.Equal(100_00, (await bank.Bank.FindAsync(from)).Held.MinorUnits);
    }

    [Fact]
    public async Task Skip_NextPayment_IsPassedOverAndNoted()
    {
        var (from, to) = await AccountsAsync(1_000);
        var order = await _bank.CreateAsync(from, to, 100, PaymentSchedule.Weekly(StandingOrderBank.Day("2026-12-01")));

        Assert.IsType<NextPaymentChangedError>((await _bank.Service.SkipAsync(_bank.Ann, order.Id, StandingOrderBank.Day("2026-12-08"))).Error);
        Assert.True((await _bank.Service.SkipAsync(_bank.Ann, order.Id, StandingOrderBank.Day("2026-12-01"))).IsSuccess);
        await _bank.RunOnAsync("2026-12-01");
        Assert.Equal(0, (await _bank.Bank.FindAsync(to)).Balance.MinorUnits);
        await _bank.RunOnAsync("2026-12-08");
        Assert.Equal([("2026-12-01", RunOutcome.Skipped), ("2026-12-08", RunOutcome.Paid)], await _bank.RunsAsync(order));
    }

    [Fact]
    public async Task Pause_AndResume_DoesNotMakeUpForThePause()
    {
        var (from, to) = await AccountsAsync(1_000);
        var order = await _bank.CreateAsync(from, to, 100, PaymentSchedule.Weekly(StandingOrderBank.Day("2026-12-01")));
        Assert.True((await _bank.Service.PauseAsync(_bank.Ann, order.Id)).IsSuccess);
        await _bank.RunOnAsync("2026-12-09");
        Assert.True((await _bank.Service.ResumeAsync(_bank.Ann, order.Id)).IsSuccess);
        await _bank.RunAsync();
        Assert.Equal(0, (await _bank.Bank.FindAsync(to)).Balance.MinorUnits);
        Assert.Equal(StandingOrderBank.Day("2026-12-15"), (await _bank.FindAsync(order)).NextDate);
    }

    [Fact]
    public async Task Create_NewPayee_NeedsAConfirmationOfThatOrder()
    {
        _bank.Bank.ConfirmationStore.AsksForCodes = true;
        var (from, to) = await AccountsAsync(1_000);
        var review = await _bank.Service.ReviewAsync(
            _bank.Ann, _bank.Request(from, to, 100, PaymentSchedule.Weekly(StandingOrderBank.Day("2026-12-01"))));
        Assert.True(await _bank.Service.NeedsConfirmationAsync(_bank.Ann, review.Value));
        Assert.IsType<PaymentNotConfirmedError>((await _bank.Service.CreateAsync(_bank.Ann, review.Value)).Error);
        Assert.IsType<NotAllowedError>((await _bank.Service.CreateAsync(_bank.Ben, review.Value)).Error);
        Assert.Empty(await _bank.Orders.ListAsync("ann"));

        // A code for other dates does not count.
        await _bank.ConfirmAsync(_bank.Service.ToConfirm(_bank.Ann, review.Value)! with { Terms = "" });
        Assert.IsType<PaymentNotConfirmedError>((await _bank.Service.CreateAsync(_bank.Ann, review.Value)).Error);

        await _bank.ConfirmAsync(_bank.Service.ToConfirm(_bank.Ann, review.Value)!);
        Assert.False(await _bank.Service.NeedsConfirmationAsync(_bank.Ann, review.Value));
        var first = await _bank.Service.CreateAsync(_bank.Ann, review.Value);
        _bank.Bank.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(first.Value, (await _bank.Service.CreateAsync(_bank.Ann, review.Value)).Value);
        Assert.Single(await _bank.Orders.ListAsync("ann"));
    }

    [Fact]
    public async Task Review_RulesThatHoldAlready_RefuseAtTheirField()
    {
        var (from, to) = await AccountsAsync(0);
        var schedule = PaymentSchedule.Weekly(StandingOrderBank.Day("2026-12-01"));
        Assert.True((await ReviewAsync(from, to, 5_000, schedule)).IsSuccess);
        Assert.Equal("first", (await ReviewAsync(from, to, 100, PaymentSchedule.Once(StandingOrderBank.Day("2026-11-27")))).Error?.Field);
        Assert.IsType<OverTransferLimitError>((await ReviewAsync(from, to, 10_001, schedule)).Error);
        Assert.IsType<AmountNotPositiveError>((await ReviewAsync(from, to, 0, schedule)).Error);
        Assert.IsType<NotFoundError>((await ReviewAsync(to, from, 100, schedule)).Error);
        await _bank.Bank.ChangeAsync(from, account => account with { Status = AccountStatus.Frozen });
        Assert.IsType<DebitAccountFrozenError>((await ReviewAsync(from, to, 100, schedule)).Error);
        await _bank.Bank.ChangeAsync(to, account => account with { Status = AccountStatus.Closed });
        Assert.IsType<UnknownAccountNumberError>((await ReviewAsync(from, to, 100, schedule)).Error);
    }

    [Fact]
    public async Task Commands_OfSomebodyElse_FindNothing()
    {
        var (from, to) = await AccountsAsync(1_000);
        var order = await _bank.CreateAsync(from, to, 100, PaymentSchedule.Weekly(StandingOrderBank.Day("2026-12-01")));
        var change = new StandingOrderChange(from.Id, order.Amount, "", order.Schedule);
        var staff = new Actor("ann", [BankRoles.Analyst]);
        foreach (var actor in new[] { _bank.Ben, staff })
        {
            Assert.IsType<NotFoundError>((await _bank.Service.GetAsync(actor, order.Id)).Error);
            Assert.IsType<NotFoundError>((await _bank.Service.ChangeAsync(actor, order.Id, change)).Error);
            Assert.IsType<NotFoundError>((await _bank.Service.SkipAsync(actor, order.Id, StandingOrderBank.Day("2026-12-01"))).Error);
            Assert.IsType<NotFoundError>((await _bank.Service.PauseAsync(actor, order.Id)).Error);
            Assert.IsType<NotFoundError>((await _bank.Service.ResumeAsync(actor, order.Id)).Error);
            Assert.IsType<NotFoundError>((await _bank.Service.CancelAsync(actor, order.Id)).Error);
            Assert.Empty(await _bank.Service.ListAsync(actor));
        }
    }

    [Fact]
    public async Task Change_DateThatWasPaid_IsRefusedAndAnotherBeginsAnew()
    {
        var (from, to) = await AccountsAsync(1_000);
        var order = await _bank.CreateAsync(from, to, 100, PaymentSchedule.Weekly(StandingOrderBank.Day("2026-12-01")));
        Assert.True((await _bank.Service.SkipAsync(_bank.Ann, order.Id, StandingOrderBank.Day("2026-12-01"))).IsSuccess);
        var change = new StandingOrderChange(from.Id, order.Amount, "", PaymentSchedule.Monthly(StandingOrderBank.Day("2026-12-01")));
        Assert.IsType<DatePaidError>((await _bank.Service.ChangeAsync(_bank.Ann, order.Id, change)).Error);
        change = change with { Schedule = PaymentSchedule.Monthly(StandingOrderBank.Day("2026-12-31")) };
        Assert.Equal(StandingOrderBank.Day("2026-12-31"), (await _bank.Service.ChangeAsync(_bank.Ann, order.Id, change)).Value.NextDate);

    }

    [Theory]
    [InlineData(true, 101)]
    [InlineData(false, 1_000)]
    public async Task Change_RaisedForANewPayeeOrToALargeAmount_NeedsAConfirmationOfTheNewAmount(bool isNew, decimal amount)
    {
        var (from, to) = await AccountsAsync(5_000);
        var order = await _bank.CreateAsync(from, to, 100, PaymentSchedule.Weekly(StandingOrderBank.Day("2026-12-01")));
        if (!isNew)
        {
            await _bank.Bank.Payees.RememberAsync(
                "ann", new Payee(to.Id, to.Number, "Ben Baker", _bank.Bank.Time.GetUtcNow(), _bank.Bank.Time.GetUtcNow()));
        }

        _bank.Bank.ConfirmationStore.AsksForCodes = true;
        var same = new StandingOrderChange(from.Id, order.Amount, "Rent and more", order.Schedule);
        Assert.True((await _bank.Service.ChangeAsync(_bank.Ann, order.Id, same)).IsSuccess);
        if (!isNew)
        {
            var below = same with { Amount = Money.Of(999, Currency.Usd) };
            Assert.True((await _bank.Service.ChangeAsync(_bank.Ann, order.Id, below)).IsSuccess);
        }

        var more = same with { Amount = Money.Of(amount, Currency.Usd) };
        var refusal = Assert.IsType<PaymentNotConfirmedError>((await _bank.Service.ChangeAsync(_bank.Ann, order.Id, more)).Error);
        Assert.Equal(more.Amount, refusal.Payment.Amount);
        await _bank.ConfirmAsync(refusal.Payment with { Amount = Money.Of(amount - 1, Currency.Usd) });
        Assert.IsType<PaymentNotConfirmedError>((await _bank.Service.ChangeAsync(_bank.Ann, order.Id, more)).Error);
        await _bank.ConfirmAsync(refusal.Payment);
        Assert.Equal(more.Amount, (await _bank.Service.ChangeAsync(_bank.Ann, order.Id, more)).Value.Amount);

        // One confirmation is for one change: lowered and raised again, it is asked again.
        Assert.True((await _bank.Service.ChangeAsync(_bank.Ann, order.Id, same)).IsSuccess);
        Assert.IsType<PaymentNotConfirmedError>((await _bank.Service.ChangeAsync(_bank.Ann, order.Id, more)).Error);
    }

    private async Task<(Account From, Account To)> AccountsAsync(decimal balance) =>
        (await _bank.Bank.OpenAsync(_bank.Ann, balance), await _bank.Bank.OpenAsync(_bank.Ben));

    private Task<Result<StandingOrderReview>> ReviewAsync(Account from, Account to, decimal amount, PaymentSchedule schedule) =>
        _bank.Service.ReviewAsync(_bank.Ann, _bank.Request(from, to, amount, schedule));

    private sealed class HoldAll : ITransferScreening
    {
        public TimeSpan Budget => Timeout.InfiniteTimeSpan;

        public Task<RiskBackground> GatherAsync(TransferOrder order, CancellationToken ct = default) =>
            Task.FromResult(RiskBackground.NotAssessed);

        public RiskVerdict? Assess(TransferCandidate candidate, RiskBackground background) =>
            new(candidate.Transfer.Kind == TransferKind.Transfer ? RiskOutcome.Hold : RiskOutcome.Allow, 0, 1, [], default);
    }
}
