using BankPortal.Core.Products.Bookings;
using BankPortal.Core.Products.Terms;

namespace BankPortal.Tests.Products;

[UnitTest]
public sealed class BookingServiceTests
{
    private static readonly DateTimeOffset NewYear = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Book_MonthIsOver_PaysInterestOnce()
    {
        var bank = ProductBank.Saving(5, NewYear);
        var account = await bank.OpenAsync(10_000);

        bank.GoTo(2026, 1, 31, 23);
        Assert.Equal(0, await bank.BookAsync(account));
        Assert.Empty(await bank.EntriesAsync(account, TransferKind.Interest));

        bank.GoTo(2026, 2, 1, 1);
        await bank.BookAsync(account);
        await bank.BookAsync(account);

        var paid = Assert.Single(await bank.EntriesAsync(account, TransferKind.Interest));
        Assert.Equal(42_46, paid.Amount.MinorUnits);
        Assert.Equal("Interest for January 2026", paid.Description);
        Assert.Equal(BookingState.Posted, Assert.Single(bank.Bookings.Of(account.Id)).State);
    }

    [Fact]
    public async Task Book_LedgerRefusesForAReasonNobodyExpects_StaysPendingAndIsReported()
    {
        var bank = ProductBank.Saving(5, NewYear);
        var (account, other) = (await bank.OpenAsync(10_000), await bank.OpenAsync(10_000));
        bank.GoTo(2026, 2, 1, 1);
        await bank.BookAsync(other);
        var key = Assert.Single(bank.Bookings.Of(other.Id)).Key;
        var taken = await bank.Bank.Ledger.ExecuteAsync(new TransferOrder
        {
            Actor = Actor.System,
            IdempotencyKey = $"product/{account.Id}/{key}",
            Kind = TransferKind.Interest,
            DebitAccountId = GeneralLedger.Income(account.Currency),
            CreditAccountId = account.Id,
            Amount = Money.Of(1, account.Currency),
            Description = "Something else",
        });
        Assert.True(taken.IsSuccess, taken.Error?.Message);

        Assert.Equal(1, await bank.BookAsync(account));
        Assert.Equal(1, await bank.BookAsync(account));

        Assert.Equal(BookingState.Pending, Assert.Single(bank.Bookings.Of(account.Id)).State);
        Assert.Single(await bank.EntriesAsync(account, TransferKind.Interest));
        Assert.Equal(2, bank.Log.Lines.Count(line => line.StartsWith("Error: The ledger refused booking", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Book_JustAfterMidnight_WaitsForPostingsThatBeganBefore()
    {
        var bank = ProductBank.Saving(5, NewYear);
        var account = await bank.OpenAsync(10_000);
        bank.GoTo(new DateTimeOffset(2026, 2, 1, 0, 14, 0, TimeSpan.Zero));
        await bank.BookAsync(account);
        Assert.Empty(bank.Bookings.Of(account.Id));
    }

    [Fact]
    public async Task Book_BankIsInNewYork_MonthEndsAtItsMidnight()
    {
        var bank = ProductBank.Saving(5, new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), zone: "America/New_York");
        var account = await bank.OpenAsync(10_000);

        // 31 January 23:30 in New York: a day later elsewhere. The deposit still belongs to January.
        bank.GoTo(new DateTimeOffset(2026, 2, 1, 4, 30, 0, TimeSpan.Zero));
        await bank.BookAsync(account);
        Assert.Empty(bank.Bookings.Of(account.Id));
        await bank.Bank.PostAsync(account, 3_650_000);

        bank.GoTo(new DateTimeOffset(2026, 2, 1, 5, 30, 0, TimeSpan.Zero));
        await bank.BookAsync(account);

        // 31 days of 10,000 and one day of 3,650,000 at 5 %.
        Assert.Equal(42_46 + 500_00, Assert.Single(bank.Bookings.Of(account.Id)).Amount.MinorUnits);
    }

    [Fact]
    public async Task Book_RunsLate_PaysTheSameAsOnTime()
    {
        var onTime = ProductBank.Saving(4.75m, NewYear);
        var late = ProductBank.Saving(4.75m, NewYear);
        var one = await onTime.OpenAsync(87_654.32m);
        var other = await late.OpenAsync(87_654.32m);
        for (var month = 2; month <= 12; month++)
        {
            onTime.GoTo(2026, month, 1, 1);
            await onTime.BookAsync(one);
            if (month is 5 or 6)
            {
                late.GoTo(2026, month, 17);
                await late.BookAsync(other);
            }
        }

        late.GoTo(2026, 12, 1, 1);
        await late.BookAsync(other);

        Assert.Equal(
            onTime.Bookings.Of(one.Id).Select(booking => (booking.Key, booking.Amount, booking.RemainderAfter)),
            late.Bookings.Of(other.Id).Select(booking => (booking.Key, booking.Amount, booking.RemainderAfter)));
        Assert.Equal((await onTime.Bank.FindAsync(one)).Balance, (await late.Bank.FindAsync(other)).Balance);
        Assert.Equal(Naive(8_765_432, 47_500, 11), (await late.Bank.FindAsync(other)).Balance.MinorUnits);
    }

    [Fact]
    public async Task Book_AfterFiveYearsOfDowntime_PaysTheSameAsOnTime()
    {
        var bank = ProductBank.Saving(4.75m, NewYear);
        var account = await bank.OpenAsync(87_654.32m);
        bank.GoTo(2031, 1, 1);
        await bank.BookAsync(account);

        Assert.Equal(60, bank.Bookings.Of(account.Id).Length);
        Assert.Equal(Naive(8_765_432, 47_500, 60), (await bank.Bank.FindAsync(account)).Balance.MinorUnits);
        bank.GoTo(2031, 2, 1);
        await bank.BookAsync(account);
        Assert.Equal(Naive(8_765_432, 47_500, 61), (await bank.Bank.FindAsync(account)).Balance.MinorUnits);
    }

    [Fact]
    public async Task Book_ManyMonths_CarriesTheRemainder()
    {
        var bank = ProductBank.Saving(1, NewYear);
        var account = await bank.OpenAsync(0.50m);
        bank.GoTo(2029, 1, 2);
        await bank.BookAsync(account);

        // 0.50 at 1 % is half a cent a year: one and a half in three years.
        var bookings = bank.Bookings.Of(account.Id);
        Assert.Equal(36, bookings.Length);
        Assert.Equal(1, bookings.Sum(booking => booking.Amount.MinorUnits));
        var accrued = bookings.Aggregate((Int128)0, (sum, booking) => sum + booking.Units);
        Assert.Equal(accrued, (Int128)Interest.UnitsPerMinorUnit + bookings[^1].RemainderAfter);
        for (var i = 1; i < bookings.Length; i++)
        {
            Assert.Equal(bookings[i - 1].RemainderAfter, bookings[i].RemainderBefore);
        }
    }

    [Fact]
    public async Task Book_FrozenAccount_StillEarns()
    {
        var bank = ProductBank.Saving(5, NewYear);
        var account = await bank.OpenAsync(10_000);
        await bank.Bank.ChangeAsync(account, row => row with { Status = AccountStatus.Frozen });
        bank.GoTo(2026, 2, 1);
        await bank.BookAsync(account);
        Assert.Equal(10_042_46, (await bank.Bank.FindAsync(account)).Balance.MinorUnits);
    }

    [Fact]
    public async Task Book_RateChangesInTheMonth_EachDayHasItsRate()
    {
        var bank = ProductBank.Saving(5, NewYear);
        var account = await bank.OpenAsync(36_500);
        await bank.ChangeAsync(AccountType.Savings, ProductBank.Rate(10), new DateOnly(2026, 1, 22));
        bank.GoTo(2026, 2, 1);
        await bank.BookAsync(account);

        // 21 days of 5.00 and 10 days of 10.00.
        Assert.Equal(205_00, Assert.Single(bank.Bookings.Of(account.Id)).Amount.MinorUnits);
    }

    [Fact]
    public async Task Book_RateWasChangedForThePast_OneCorrectingEntryGivesWhatWouldHaveBeenPaid()
    {
        var wrong = ProductBank.Saving(3, NewYear);
        var right = ProductBank.Saving(3, NewYear);
        var one = await wrong.OpenAsync(54_321.09m);
        var other = await right.OpenAsync(54_321.09m);
        await right.ChangeAsync(AccountType.Savings, ProductBank.Rate(4.125m), new DateOnly(2026, 2, 15));
        for (var month = 2; month <= 6; month++)
        {
            wrong.GoTo(2026, month, 1);
            right.GoTo(2026, month, 1);
            await wrong.BookAsync(one);
            await right.BookAsync(other);
        }

        var before = await wrong.EntriesAsync(one, TransferKind.Interest);
        wrong.GoTo(2026, 6, 10);
        await wrong.ChangeAsync(AccountType.Savings, ProductBank.Rate(4.125m), new DateOnly(2026, 2, 15), "The February rise was forgotten");
        await wrong.BookAsync(one);
        await wrong.BookAsync(one);

        var after = await wrong.EntriesAsync(one, TransferKind.Interest);
        Assert.Equal(before, after.Take(before.Count));
        var correction = Assert.Single(after.Skip(before.Count));
        Assert.Equal("Correction of interest for 15 February 2026 to 31 May 2026: The February rise was forgotten", correction.Description);
        Assert.Equal((await right.Bank.FindAsync(other)).Balance, (await wrong.Bank.FindAsync(one)).Balance);

        // And it goes on as if the rate had been right all along.
        wrong.GoTo(2026, 7, 1);
        right.GoTo(2026, 7, 1);
        await wrong.BookAsync(one);
        await right.BookAsync(other);
        Assert.Equal((await right.Bank.FindAsync(other)).Balance, (await wrong.Bank.FindAsync(one)).Balance);
        Assert.Equal(right.Bookings.HeadOf(other.Id)!.Remainder, wrong.Bookings.HeadOf(one.Id)!.Remainder);
    }

    [Fact]
    public async Task Book_SeveralCorrectionsOfTheSameDays_EndWithTheLastRates()
    {
        var wrong = ProductBank.Saving(0, NewYear);
        var right = ProductBank.Saving(0, NewYear);
        var one = await wrong.OpenAsync(54_321.09m);
        var other = await right.OpenAsync(54_321.09m);
        await right.ChangeAsync(AccountType.Savings, ProductBank.Rate(2.2m), new DateOnly(2026, 1, 10));
        await right.ChangeAsync(AccountType.Savings, ProductBank.Rate(2.5m), new DateOnly(2026, 3, 20));
        for (var month = 2; month <= 8; month++)
        {
            wrong.GoTo(2026, month, 1);
            right.GoTo(2026, month, 1);
            await right.BookAsync(other);
            await wrong.BookAsync(one);
            if (month == 5)
            {
                await wrong.ChangeAsync(AccountType.Savings, ProductBank.Rate(4), new DateOnly(2026, 1, 10));
                await wrong.BookAsync(one);
            }

            if (month == 6)
            {
                await wrong.ChangeAsync(AccountType.Savings, ProductBank.Rate(2.5m), new DateOnly(2026, 3, 20));
                await wrong.BookAsync(one);
            }

            if (month == 7)
            {
                await wrong.ChangeAsync(AccountType.Savings, ProductBank.Rate(2.2m), new DateOnly(2026, 1, 10));
                await wrong.BookAsync(one);
            }
        }

        var corrections = wrong.Bookings.Of(one.Id).Where(booking => booking.Kind == BookingKind.Correction).ToList();
        Assert.Equal(3, corrections.Count);
        Assert.True(corrections[1].Amount.IsNegative);
        Assert.Equal((await right.Bank.FindAsync(other)).Balance, (await wrong.Bank.FindAsync(one)).Balance);
        Assert.Equal(right.Bookings.HeadOf(other.Id)!.Remainder, wrong.Bookings.HeadOf(one.Id)!.Remainder);
    }

    [Fact]
    public async Task Book_CorrectionTakesMoneyThatIsGone_WaitsUntilItIsThere()
    {
        var bank = ProductBank.Saving(5, NewYear);
        var account = await bank.OpenAsync(10_000);
        bank.GoTo(2026, 2, 1);
        await bank.BookAsync(account);
        await bank.Bank.PostAsync(account, -10_042.46m);
        await bank.ChangeAsync(AccountType.Savings, ProductBank.Rate(0), new DateOnly(2026, 1, 1));

        Assert.Equal(1, await bank.BookAsync(account));
        Assert.Equal(0, (await bank.Bank.FindAsync(account)).Balance.MinorUnits);

        await bank.Bank.PostAsync(account, 100);
        Assert.Equal(0, await bank.BookAsync(account));
        Assert.Equal(57_54, (await bank.Bank.FindAsync(account)).Balance.MinorUnits);
    }

    [Fact]
    public async Task Close_InterestHasAccrued_IsPaidFirst()
    {
        var bank = ProductBank.Saving(5, NewYear);
        var account = await bank.OpenAsync(10_000);
        var owner = Actor.Customer("ava");
        bank.GoTo(2026, 1, 11);
        await bank.Bank.PostAsync(account, -10_000);

        var first = await bank.Accounts.CloseAsync(owner, account.Id);

        Assert.Equal(new InterestPaidFirstError(new Money(13_69, Currency.Usd)), first.Error);
        Assert.Equal(13_69, (await bank.Bank.FindAsync(account)).Balance.MinorUnits);
        Assert.IsType<BalanceNotZeroError>((await bank.Accounts.CloseAsync(owner, account.Id)).Error);

        await bank.Bank.PostAsync(account, -13.69m);
        Assert.True((await bank.Accounts.CloseAsync(owner, account.Id)).IsSuccess);
        bank.GoTo(2026, 3, 1);
        await bank.BookAsync(account);
        Assert.Single(await bank.EntriesAsync(account, TransferKind.Interest));
    }

    [Fact]
    public async Task Close_SomebodyElsesAccount_PaysNothing()
    {
        var bank = ProductBank.Saving(5, NewYear);
        var account = await bank.OpenAsync(10_000);
        bank.GoTo(2026, 1, 11);
        await bank.Bank.PostAsync(account, -10_000);
        Assert.IsType<NotFoundError>((await bank.Accounts.CloseAsync(Actor.Customer("eve"), account.Id)).Error);
        Assert.Empty(bank.Bookings.Of(account.Id));
    }

    [Fact]
    public async Task Book_MonthAfterAPartOfItWasPaid_PaysTheRest()
    {
        var bank = ProductBank.Saving(5, NewYear);
        var account = await bank.OpenAsync(10_000);
        bank.GoTo(2026, 1, 11);
        Assert.Equal(13_69, (await bank.Service.PayAccruedAsync(await bank.Bank.FindAsync(account))).MinorUnits);
        bank.GoTo(2026, 2, 1);
        await bank.BookAsync(account);
        Assert.Equal(
            ["2026-01-10#interest", "2026-01-31#interest"], bank.Bookings.Of(account.Id).Select(booking => booking.Key));
        Assert.Equal("Interest for 11 January 2026 to 31 January 2026", bank.Bookings.Of(account.Id)[1].Description);
    }

    [Fact]
    public async Task Book_Fees_AreChargedForWholeMonths()
    {
        var bank = Charging();
        var account = await bank.OpenAsync(1_000, AccountType.Checking);
        bank.GoTo(2026, 2, 1);
        await bank.BookAsync(account);
        Assert.Empty(bank.Bookings.Of(account.Id)); // the month in which it was opened

        bank.GoTo(2026, 2, 10);
        for (var i = 0; i < 5; i++)
        {
            await bank.Bank.PostAsync(account, -10, kind: TransferKind.Withdrawal);
        }

        await bank.Bank.PostAsync(account, -10, kind: TransferKind.Purchase);
        bank.GoTo(2026, 3, 1);
        await bank.BookAsync(account);
        await bank.BookAsync(account);

        var fees = await bank.EntriesAsync(account, TransferKind.Fee);
        Assert.Equal(
            [("Monthly fee for February 2026", -4_50), ("Fee for 2 withdrawals and transfers in February 2026", -3_00)],
            fees.Select(fee => (fee.Description, (int)fee.Amount.MinorUnits)));
    }

    [Theory]
    [InlineData(2_000, 0, BookingState.Waived)]
    [InlineData(2_000, 1, BookingState.Posted)]
    public async Task Book_MonthlyFee_IsWaivedWhenEveryDayClosesHighEnough(decimal balance, decimal dip, BookingState state)
    {
        var bank = Charging(waivedFrom: 2_000);
        var account = await bank.OpenAsync(balance, AccountType.Checking);
        bank.GoTo(2026, 2, 10);
        if (dip > 0)
        {
            await bank.Bank.PostAsync(account, -dip);
            bank.GoTo(2026, 2, 11);
            await bank.Bank.PostAsync(account, dip);
        }

        bank.GoTo(2026, 3, 1);
        await bank.BookAsync(account);
        Assert.Equal(state, Assert.Single(bank.Bookings.Of(account.Id)).State);
    }

    [Fact]
    public async Task Book_FeeIsMoreThanIsThere_TakesNothingAndTriesAgain()
    {
        var bank = Charging();
        var account = await bank.OpenAsync(4.49m, AccountType.Checking);
        await bank.Bank.ChangeAsync(account, row => row with { Overdraft = Money.Of(100, row.Currency) });
        bank.GoTo(2026, 3, 1);
        Assert.Equal(1, await bank.BookAsync(account));
        Assert.Equal(4_49, (await bank.Bank.FindAsync(account)).Balance.MinorUnits);

        bank.GoTo(2026, 3, 2);
        Assert.Equal(1, await bank.BookAsync(account));
        Assert.Equal(2, Assert.Single(bank.Bookings.Of(account.Id)).Misses);

        await bank.Bank.PostAsync(account, 1);
        Assert.Equal(0, await bank.BookAsync(account));
        Assert.Equal(99, (await bank.Bank.FindAsync(account)).Balance.MinorUnits);
    }

    [Fact]
    public async Task Book_FeeIsMissedForTooLong_IsDropped()
    {
        var bank = Charging();
        var account = await bank.OpenAsync(0, AccountType.Checking);
        bank.GoTo(2026, 3, 1);
        await bank.BookAsync(account);
        bank.GoTo(2026, 5, 1);
        await bank.BookAsync(account);
        Assert.Equal(
            [BookingState.Dropped, BookingState.Pending, BookingState.Pending],
            bank.Bookings.Of(account.Id).Select(booking => booking.State));
    }

    [Fact]
    public async Task Estimate_InTheMonth_IsWhatHasAccruedSoFar()
    {
        var bank = ProductBank.Saving(5, NewYear);
        var account = await bank.OpenAsync(10_000);
        bank.GoTo(2026, 2, 11);
        await bank.BookAsync(account);
        var view = (await bank.View.OfAsync(Actor.Customer("ava"), account.Id)).Value;
        Assert.Equal(new DateOnly(2026, 2, 10), view.Accrued!.Through);
        Assert.Equal(13_76, view.Accrued.Amount.MinorUnits); // 13.7568 and what January carried
        Assert.Equal(42_46, view.PaidThisYear.MinorUnits);
        Assert.Equal(new DateOnly(2026, 3, 1), view.NextPayment);
        Assert.IsType<NotFoundError>((await bank.View.OfAsync(Actor.Customer("eve"), account.Id)).Error);
    }

    private static ProductBank Charging(decimal? waivedFrom = null) => new(
        new ProductOptions
        {
            Checking = new ConfiguredTerms
            {
                MonthlyFee = 4.50m, MonthlyFeeWaivedFrom = waivedFrom, MovementFee = 1.50m, FreeMovements = 3,
            },
        },
        NewYear);

    // The balance after months of interest, a day at a time with fractions of its own.
    private static long Naive(long balance, int millionths, int months)
    {
        System.Numerics.BigInteger carried = 0;
        var whole = new System.Numerics.BigInteger(1_000_000) * 365;
        for (var month = 0; month < months; month++)
        {
            var days = DateTime.DaysInMonth(2026 + (month / 12), (month % 12) + 1);
            carried += new System.Numerics.BigInteger(balance) * millionths * days;
            balance += (long)(carried / whole);
            carried %= whole;
        }

        return balance;
    }
}
