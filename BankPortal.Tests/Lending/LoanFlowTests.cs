using BankPortal.Core.Common.Approvals;
using BankPortal.Core.Common.Events;
using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Lending.Applications;
using BankPortal.Core.Lending.Book;
using static BankPortal.Tests.Lending.LoanSamples;

namespace BankPortal.Tests.Lending;

[UnitTest]
public sealed class LoanFlowTests
{
    private readonly LendingBank _bank = new();

    [Fact]
    public async Task Loan_AppliedForDecidedAndRepaid_MovesEveryCentThroughTheLedger()
    {
        var loan = await _bank.LendAsync(balance: 1_000);

        // Paid out in full, less the arrangement fee of one percent.
        Assert.Equal(1_000 + 10_000 - 100, await _bank.BalanceAsync());
        for (var month = 2; month <= 13; month++)
        {
            await _bank.RunOnAsync(new DateOnly(2026, 1, 1).AddMonths(month).AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        var file = await _bank.FindAsync(loan);
        Assert.Equal(LoanStatus.PaidOff, file.Loan.Status);
        Assert.Null(file.Loan.NextRunAt);
        var paid = file.Events.Where(one => one.Kind == LoanEventKind.Paid).ToList();
        Assert.Equal(12, paid.Count);
        Assert.Equal(10_000_00, paid.Sum(one => one.Principal));
        Assert.Equal(10_900 - (paid.Sum(one => one.Total) / 100m), await _bank.BalanceAsync());
        Assert.Equal(
            [BankEventKinds.LoanDecided, BankEventKinds.LoanPaidOut, BankEventKinds.LoanPaidOff],
            _bank.Events.All.Select(one => one.Kind).Where(kind => kind != BankEventKinds.InstalmentDue));
        var entries = await _bank.Bank.Store.ReadEntriesAsync(new EntryQuery(_bank.Account.Id, 1_000, NewestFirst: false));
        Assert.Equal(
            [TransferKind.Payment, TransferKind.LoanPayout, TransferKind.Fee, TransferKind.LoanPayment, TransferKind.LoanPayment],
            entries.Take(5).Select(entry => entry.Kind));
        Assert.Contains(entries, entry => entry.Description == "Personal loan: instalment 12, principal");
    }

    [Fact]
    public async Task Apply_TwiceWithOneForm_IsOneApplication()
    {
        _bank.Bank.ConfirmationStore.AsksForCodes = true;
        await OpenAsync();
        var offer = (await _bank.Service.ReviewAsync(_bank.Ann, _bank.Request())).Value;
        Assert.True(await _bank.Service.NeedsConfirmationAsync(_bank.Ann, offer));
        Assert.IsType<PaymentNotConfirmedError>((await _bank.Service.ApplyAsync(_bank.Ann, offer)).Error);
        Assert.Empty(await _bank.Service.ListAsync(_bank.Ann));

        var asked = await _bank.Bank.Confirmations.AskAsync(_bank.Ann, LoanService.ToConfirm(offer));
        await _bank.Bank.Confirmations.ConfirmAsync(asked.UserId, asked.SessionId, asked.Id, ConfirmationFactor.Authenticator);
        var first = (await _bank.Service.ApplyAsync(_bank.Ann, offer)).Value;
        var again = (await _bank.Service.ApplyAsync(_bank.Ann, offer)).Value;
        Assert.Equal(first.Id, again.Id);
        Assert.Single(await _bank.Service.ListAsync(_bank.Ann));
        Assert.Single(await _bank.Approvals.FindPendingAsync(LoanApprovals.Grant, 10));
    }

    [Fact]
    public async Task Review_WrongInput_SaysWhatIsWrongAtItsField()
    {
        await OpenAsync();
        Assert.Equal("amount", (await _bank.Service.ReviewAsync(_bank.Ann, _bank.Request(100))).Error?.Field);
        Assert.Equal("months", (await _bank.Service.ReviewAsync(_bank.Ann, _bank.Request(months: 3))).Error?.Field);
        Assert.Equal("product", (await _bank.Service.ReviewAsync(_bank.Ann, _bank.Request(product: "boat"))).Error?.Field);
        Assert.IsType<InstalmentCurrencyError>(
            (await _bank.Service.ReviewAsync(_bank.Ann, _bank.Request() with { Amount = Money.Of(10_000, Currency.Eur) })).Error);
        Assert.IsType<NotFoundError>((await _bank.Service.ReviewAsync(_bank.Ben, _bank.Request())).Error);
        Assert.IsType<NotAllowedError>((await _bank.Service.ReviewAsync(LendingBank.Manager, _bank.Request())).Error);
    }

    [Fact]
    public async Task Decide_ByAStrangerTheBorrowerOrARelative_IsRefused()
    {
        var loan = await _bank.ApplyAsync();
        Assert.IsType<NotAllowedError>(await ErrorOf(_bank.Ann));
        Assert.IsType<NotAllowedError>(await ErrorOf(StaffActors.Fresh("analyst", BankRoles.Analyst)));
        Assert.IsType<MakerDecidesError>(await ErrorOf(StaffActors.Fresh("ann", BankRoles.Manager)));
        _bank.Bank.Related.Relate("manager", "ann");
        Assert.IsType<ConflictOfInterestError>(await ErrorOf(LendingBank.Manager));
        Assert.IsType<SecondFactorStaleError>(await ErrorOf(new Actor("second", [BankRoles.Manager])));
        Assert.Equal(LoanStatus.Applied, (await _bank.FindAsync(loan)).Loan.Status);

        async Task<Error?> ErrorOf(Actor actor) => (await _bank.Desk.DecideAsync(actor, loan.Id, LoanApprovals.Grant, true, "Yes")).Error;
    }

    [Fact]
    public async Task Decide_AboveTheLimit_NeedsTwoPeople()
    {
        var loan = await _bank.ApplyAsync(30_000, 48);
        Assert.Equal(ApprovalState.Pending, (await _bank.DecideAsync(LendingBank.Manager, loan, LoanApprovals.Grant)).State);
        Assert.IsType<DecidedBeforeError>(
            (await _bank.Desk.DecideAsync(LendingBank.Manager, loan.Id, LoanApprovals.Grant, true, "Again")).Error);
        Assert.Equal(0, await _bank.BalanceAsync());
        await _bank.DecideAsync(LendingBank.Admin, loan, LoanApprovals.Grant);
        Assert.Equal(30_000 - 300, await _bank.BalanceAsync());
        Assert.IsType<ApprovalClosedError>(
            (await _bank.Desk.DecideAsync(LendingBank.Second, loan.Id, LoanApprovals.Grant, false, "Late")).Error);
    }

    [Fact]
    public async Task Application_DeclinedWithdrawnOrForgotten_EndsWithoutMoney()
    {
        var declined = await _bank.ApplyAsync();
        await _bank.DecideAsync(LendingBank.Manager, declined, LoanApprovals.Grant, isApproval: false);
        var withdrawn = await _bank.ApplyAsync();
        Assert.Equal(LoanStatus.Lapsed, (await _bank.Service.WithdrawAsync(_bank.Ann, withdrawn.Id)).Value.Status);
        var forgotten = await _bank.ApplyAsync();
        await _bank.RunOnAsync("2026-03-15");

        Assert.Equal(LoanStatus.Declined, (await _bank.FindAsync(declined)).Loan.Status);
        Assert.Equal(LoanStatus.Lapsed, (await _bank.FindAsync(forgotten)).Loan.Status);
        Assert.Equal(0, await _bank.BalanceAsync());
        Assert.Empty(await _bank.Approvals.FindPendingAsync(LoanApprovals.Grant, 10));
    }

    [Fact]
    public async Task Instalment_NotCovered_IsTriedAgainThenMissedOnceWithOneFee()
    {
        var loan = await _bank.LendAsync();
        await _bank.Bank.PostAsync(_bank.Account, -9_900 + 100);
        await _bank.RunOnAsync("2026-02-28");
        var waiting = await _bank.FindAsync(loan);
        Assert.Equal(new DateTimeOffset(2026, 2, 28, 12, 0, 0, TimeSpan.Zero), waiting.Loan.NextRunAt);
        Assert.Equal(100, await _bank.BalanceAsync());

        foreach (var day in (string[])["2026-03-05", "2026-03-06", "2026-03-06", "2026-03-07"])
        {
            await _bank.RunOnAsync(day);
        }

        var missed = await _bank.FindAsync(loan);
        Assert.Equal(
            [LoanEventKind.Granted, LoanEventKind.Disbursed, LoanEventKind.Due, LoanEventKind.Missed, LoanEventKind.Fee],
            missed.Events.Select(one => one.Kind));
        Assert.Equal(Day("2026-03-06"), missed.Events[^1].On);
        Assert.Single(_bank.Events.All, one => one.Kind == BankEventKinds.InstalmentMissed);
        Assert.Equal(7, missed.Loan.DaysPastDueOn(Day("2026-03-07")));

        // Money comes in: the instalment and its fee are collected at the next try.
        await _bank.Bank.PostAsync(_bank.Account, 5_000);
        await _bank.RunOnAsync("2026-03-08");
        var state = await _bank.StateAsync(loan);
        Assert.Equal((0, Usd(0), Usd(115)), (state.DaysPastDue, state.Due, state.PaidFees));
    }

    [Fact]
    public async Task PayDue_PartAndTooMuch_PaysInOrderAndRefusesTheRest()
    {
        var loan = await _bank.LendAsync();
        await _bank.Bank.PostAsync(_bank.Account, -9_900 + 100);
        await _bank.RunOnAsync("2026-03-06");
        var view = (await _bank.Service.GetAsync(_bank.Ann, loan.Id)).Value;

        Assert.Equal("amount", (await Pay(5_000)).Error?.Field);
        Assert.IsType<InsufficientFundsError>((await Pay(200)).Error);
        Assert.IsType<InstalmentCurrencyError>(
            (await _bank.Service.PayDueAsync(_bank.Ann, loan.Id, Money.Of(50, Currency.Eur), view.Loan.Version)).Error);
        Assert.IsType<NotFoundError>(
            (await _bank.Service.PayDueAsync(_bank.Ben, loan.Id, Usd(50), view.Loan.Version)).Error);
        var paid = (await Pay(50)).Value;
        Assert.Equal((15_00, 35_00, 0), (paid.File.Events[^1].Fees, paid.File.Events[^1].Interest, paid.File.Events[^1].Principal));
        Assert.Equal(50, await _bank.BalanceAsync());

        // The same page again pays nothing twice.
        Assert.IsType<LoanBusyError>((await Pay(50)).Error);

        Task<Result<LoanView>> Pay(decimal amount) => _bank.Service.PayDueAsync(_bank.Ann, loan.Id, Usd(amount), view.Loan.Version);
    }

    [Fact]
    public async Task RepayEarly_PartThenAll_EndsTheLoan()
    {
        var loan = await _bank.LendAsync(balance: 1_000);
        await _bank.RunOnAsync("2026-02-10");
        var quote = (await _bank.Service.QuoteAsync(_bank.Ann, loan.Id, Usd(4_000), EarlyEffect.ShorterTerm)).Value;
        Assert.True(quote.Saved.IsPositive);
        var version = (await _bank.FindAsync(loan)).Loan.Version;
        var part = (await _bank.Service.RepayEarlyAsync(_bank.Ann, loan.Id, quote, version)).Value;
        Assert.Equal((Usd(6_000), quote.After.Remaining), (part.State.Outstanding, part.State.Remaining));
        Assert.Equal(6_900, await _bank.BalanceAsync());

        await _bank.RunOnAsync("2026-02-20");
        var all = (await _bank.Service.QuoteAsync(_bank.Ann, loan.Id, Usd(0), EarlyEffect.PayOff)).Value;
        var done = (await _bank.Service.RepayEarlyAsync(_bank.Ann, loan.Id, all, part.Loan.Version)).Value;
        Assert.Equal(LoanStatus.PaidOff, done.Loan.Status);
        Assert.Equal(6_900 - all.Amount.Amount, await _bank.BalanceAsync());
        Assert.IsType<LoanNotActiveError>((await _bank.Service.QuoteAsync(_bank.Ann, loan.Id, Usd(1), EarlyEffect.PayOff)).Error);
    }

    [Fact]
    public async Task Holiday_AskedAndGranted_MovesTheNextInstalment()
    {
        var loan = await _bank.LendAsync();
        await _bank.RunOnAsync("2026-02-10");
        Assert.IsType<HolidayError>((await _bank.Service.AskHolidayAsync(_bank.Ann, loan.Id, 4)).Error);
        var asked = (await _bank.Service.AskHolidayAsync(_bank.Ann, loan.Id, 2)).Value;
        Assert.IsType<HolidayError>((await _bank.Service.AskHolidayAsync(_bank.Ann, loan.Id, 1)).Error);
        await _bank.DecideAsync(LendingBank.Manager, loan, asked.HolidayApproval!);

        var file = await _bank.FindAsync(loan);
        Assert.Equal((LoanEventKind.Holiday, "manager"), (file.Events[^1].Kind, file.Events[^1].By));
        Assert.Equal((Day("2026-04-30"), (string?)null), (file.Loan.Figures.NextDueOn, file.Loan.HolidayApproval));
        await _bank.RunOnAsync("2026-02-28");
        Assert.Equal(9_900, await _bank.BalanceAsync());
        Assert.Contains(_bank.Events.All, one => one.Kind == BankEventKinds.LoanHolidayDecided);
    }

    [Fact]
    public async Task Holiday_Declined_ChangesNothing()
    {
        var loan = await _bank.LendAsync();
        var asked = (await _bank.Service.AskHolidayAsync(_bank.Ann, loan.Id, 1)).Value;
        await _bank.DecideAsync(LendingBank.Manager, loan, asked.HolidayApproval!, isApproval: false);
        var file = await _bank.FindAsync(loan);
        Assert.Equal((Day("2026-02-28"), (string?)null), (file.Loan.Figures.NextDueOn, file.Loan.HolidayApproval));
    }

    [Fact]
    public async Task WriteOff_AskedByOneAndApprovedByAnother_CanBeRecovered()
    {
        var loan = await _bank.LendAsync();
        Assert.IsType<NotForWriteOffError>((await _bank.Desk.AskWriteOffAsync(LendingBank.Manager, loan.Id, "No")).Error);
        await _bank.Bank.PostAsync(_bank.Account, -9_900);
        await _bank.RunOnAsync("2026-06-30");
        Assert.IsType<NotAllowedError>((await _bank.Desk.AskWriteOffAsync(LendingBank.Admin, loan.Id, "Gone")).Error);
        var asked = (await _bank.Desk.AskWriteOffAsync(LendingBank.Manager, loan.Id, "Insolvent")).Value;
        Assert.IsType<MakerDecidesError>((await _bank.Desk.DecideAsync(LendingBank.Manager, loan.Id, asked.Id, true, "Yes")).Error);
        await _bank.DecideAsync(LendingBank.Second, loan, asked.Id);

        var file = await _bank.FindAsync(loan);
        Assert.Equal((LoanStatus.WrittenOff, 0L), (file.Loan.Status, file.Loan.Figures.Outstanding));
        Assert.Equal(file.Loan.Figures.WrittenOff, file.Events[^1].Total);
        await _bank.Bank.PostAsync(_bank.Account, 500);
        await _bank.RunOnAsync("2026-07-31");
        Assert.Equal(500, await _bank.BalanceAsync());
        var recovered = await _bank.Desk.RecoverAsync(LendingBank.Manager, loan.Id, Usd(200), "Agreed by phone", file.Loan.Version);
        Assert.Equal(200_00, recovered.Value.Loan.Figures.Recovered);
        Assert.Equal(300, await _bank.BalanceAsync());
    }

    [Fact]
    public async Task Affordability_FromTheLedger_AveragesFullMonths()
    {
        var bank = new LendingBank(new InMemoryBank(time: new ManualTime(new DateTimeOffset(2025, 10, 20, 12, 0, 0, TimeSpan.Zero))));
        await bank.OpenAsync();
        foreach (var month in (int[])[11, 12])
        {
            bank.Bank.Time.SetUtcNow(new DateTimeOffset(2025, month, 5, 12, 0, 0, TimeSpan.Zero));
            await bank.Bank.PostAsync(bank.Account, 3_000, kind: TransferKind.Salary);
            await bank.Bank.PostAsync(bank.Account, -1_000, kind: TransferKind.Purchase);
        }

        // November and December are full months; October began before the account, January is not over.
        bank.Bank.Time.SetUtcNow(LendingBank.Start);
        var offer = (await bank.Service.ReviewAsync(bank.Ann, bank.Request(12_000))).Value;
        var figures = offer.Affordability;
        Assert.Equal((2, Usd(3_000), Usd(1_000)), (figures.Months, figures.MonthlyIn, figures.MonthlyOut));
        Assert.Equal(offer.Schedule.Max(one => one.Total), figures.NewInstalment);
        Assert.Equal(34.8m, figures.DebtToIncome);
    }

    private Task OpenAsync() => _bank.OpenAsync();
}
