namespace BankPortal.Tests.Ledger.Posting;

/// <summary>The rules of moving money, at their edges.</summary>
[UnitTest]
public sealed class LedgerRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);
    private readonly LedgerOptions _options = new() { TimeZone = "America/New_York" };

    private LedgerRules Rules => new(_options);

    [Theory]
    [InlineData(0), InlineData(-1)]
    public void Decide_AmountNotPositive_IsRefused(long cents) =>
        AssertRefused<AmountNotPositiveError>(Order(Account("a", 100), Account("b")) with { Amount = new Money(cents, Currency.Usd) });

    [Fact]
    public void Decide_AllThatIsThere_IsAllowedAndACentMoreIsNot()
    {
        var (a, b) = (Account("a", 100), Account("b"));

        Assert.True(Decide(Order(a, b, 100), a, b).IsSuccess);
        var refusal = AssertRefused<InsufficientFundsError>(Order(a, b, 100.01m), a, b);
        Assert.Equal(Usd(100), refusal.Available);
        Assert.Equal("amount", refusal.Field);
    }

    [Fact]
    public void Decide_HeldFunds_CannotBeSpent()
    {
        var (a, b) = (Account("a", 100) with { Held = Usd(30) }, Account("b"));

        Assert.True(Decide(Order(a, b, 70), a, b).IsSuccess);
        Assert.Equal(Usd(70), AssertRefused<InsufficientFundsError>(Order(a, b, 70.01m), a, b).Available);
    }

    [Fact]
    public void Decide_Overdraft_IsUsedUpToItsLimit()
    {
        var (a, b) = (Account("a", 100) with { Overdraft = Usd(50) }, Account("b"));

        Assert.Equal(Usd(-50), Decide(Order(a, b, 150), a, b).Value.Accounts[0].Balance);
        AssertRefused<InsufficientFundsError>(Order(a, b, 150.01m), a, b);
    }

    [Fact]
    public void Decide_SomebodyElsesAccount_IsNotFound()
    {
        var (a, b) = (Account("a", 100), Account("b", 100));

        AssertRefused<NotFoundError>(Order(a, b) with { Actor = Actor.Customer("b") }, a, b);
        AssertRefused<NotFoundError>(Deposit(b) with { Actor = Actor.Customer("a") }, b);
        AssertRefused<NotFoundError>(Order(a, b)); // neither exists
    }

    [Theory]
    [
        InlineData(TransferKind.Salary),
        InlineData(TransferKind.Opening),
        InlineData(TransferKind.Interest),
        InlineData(TransferKind.Adjustment),
        InlineData(TransferKind.Reversal)
    ]
    public void Decide_KindsOfTheBankItself_AreNotForCustomers(TransferKind kind)
    {
        var a = Account("a", 100);
        AssertRefused<NotAllowedError>(Deposit(a) with { Kind = kind }, a);
    }

    [Fact]
    public void Decide_CustomerWithTrickedAccounts_IsRefused()
    {
        var (a, b) = (Account("a", 100), Account("b", 100));

        AssertRefused<NotAllowedError>(Deposit(a) with { DebitAccountId = b.Id }, a, b); // "deposit" from somebody's account
        AssertRefused<NotAllowedError>(Deposit(a) with { DebitAccountId = GeneralLedger.Income(Currency.Usd) }, a);
        AssertRefused<NotAllowedError>(Order(a, b) with { CreditAccountId = GeneralLedger.Cash(Currency.Usd) }, a);
        AssertRefused<NotAllowedError>(Order(a, b) with { At = Noon.AddDays(-3) }, a, b);
        AssertRefused<NotAllowedError>(Order(a, b) with { Actor = new Actor("a", [BankRoles.Manager]) }, a, b);
        AssertRefused<SameAccountError>(Order(a, a), a);
    }

    [Fact]
    public void Decide_FrozenAccount_LetsInButNotOut()
    {
        var (a, b) = (Account("a", 100) with { Status = AccountStatus.Frozen }, Account("b", 100));

        AssertRefused<DebitAccountFrozenError>(Order(a, b), a, b);
        Assert.True(Decide(Order(b, a), a, b).IsSuccess);
    }

    [Fact]
    public void Decide_ClosedAccount_LetsNothingThrough()
    {
        var (a, b) = (Account("a", 100) with { Status = AccountStatus.Closed }, Account("b", 100));

        AssertRefused<DebitAccountClosedError>(Order(a, b), a, b);
        AssertRefused<CreditAccountClosedError>(Order(b, a), a, b);
    }

    [Fact]
    public void Decide_OtherCurrency_IsRefused()
    {
        var (a, b) = (Account("a", 100), Account("b", 100, Currency.Eur));

        AssertRefused<CurrencyMismatchError>(Order(a, b), a, b);
        AssertRefused<CurrencyMismatchError>(Order(a, b) with { Amount = Money.Of(5, Currency.Eur) }, a, b);
    }

    [Fact]
    public void Decide_PerTransferLimit_IsInclusiveAndByType()
    {
        _options.Checking.PerTransfer = 500;
        _options.Savings.PerTransfer = 200;
        var (checking, savings, b) = (
            Account("a", 1000),
            Account("a", 1000) with
            {
                Id = "a-savings",
                Type = AccountType.Savings,
            },
            Account("b")
        );

        Assert.True(Decide(Order(checking, b, 500), checking, b).IsSuccess);
        Assert.Equal(Usd(500), AssertRefused<OverTransferLimitError>(Order(checking, b, 500.01m), checking, b).Limit);
        AssertRefused<OverTransferLimitError>(Order(savings, b, 200.01m), savings, b);
        Assert.True(Decide(Order(savings, checking, 900), savings, checking).IsSuccess, "own transfers are free of limits");
    }

    [Fact]
    public void Decide_DailyLimit_CountsTheBanksCalendarDay()
    {
        _options.Checking.PerDay = 500;
        var b = Account("b");
        // 03:59 UTC is 23:59 of the day before in New York, one minute later the next day begins.
        var lateEvening = new DateTimeOffset(2026, 6, 16, 3, 59, 0, TimeSpan.Zero);
        var a = Decide(Order(Account("a", 5000), b, 450), lateEvening, Account("a", 5000), b).Value.Accounts[0];

        var over = Decide(Order(a, b, 50.01m), lateEvening.AddSeconds(30), a, b).Error;
        Assert.Equal(Usd(50), Assert.IsType<OverDailyLimitError>(over).Remaining);
        Assert.True(Decide(Order(a, b, 50), lateEvening.AddSeconds(30), a, b).IsSuccess);
        Assert.True(Decide(Order(a, b, 500), lateEvening.AddMinutes(1), a, b).IsSuccess);
        Assert.Equal((Usd(450), Usd(50)), (Rules.RemainingOf(a, lateEvening).UsedToday, Rules.RemainingOf(a, lateEvening).LeftToday));
        Assert.Equal(Usd(500), Rules.RemainingOf(a, lateEvening.AddMinutes(1)).LeftToday);
    }

    [Fact]
    public void Decide_DepositLimit_IsInclusive()
    {
        _options.Checking.PerDeposit = 100;
        var a = Account("a");

        Assert.True(Decide(Deposit(a) with { Amount = Usd(100) }, a).IsSuccess);
        AssertRefused<OverDepositLimitError>(Deposit(a) with { Amount = Usd(100.01m) }, a);
    }

    [Fact]
    public void Decide_SamePayeeAndAmountWithinFiveMinutes_AsksFirst()
    {
        var b = Account("b");
        var a = Decide(Order(Account("a", 100), b, 10), Noon, Account("a", 100), b).Value.Accounts[0];

        Assert.Equal(Noon, Assert.IsType<LikelyDuplicateError>(Decide(Order(a, b, 10), Noon.AddMinutes(5).AddTicks(-1), a, b).Error).At);
        Assert.True(Decide(Order(a, b, 10) with { DuplicateConfirmed = true }, Noon.AddMinutes(1), a, b).IsSuccess);
        Assert.True(Decide(Order(a, b, 10.01m), Noon.AddMinutes(1), a, b).IsSuccess);
        Assert.True(Decide(Order(a, b, 10), Noon.AddMinutes(5), a, b).IsSuccess);
    }

    [Fact]
    public void Review_LikelyDuplicate_IsNotedAndNotRefused()
    {
        var b = Account("b");
        var a = Decide(Order(Account("a", 100), b, 10), Noon, Account("a", 100), b).Value.Accounts[0];

        Assert.Equal(Noon, Rules.Review(Order(a, b, 10), Snapshot(null, a, b), Noon.AddMinutes(1)).Value.LikelyDuplicateOf);
        Assert.Null(Rules.Review(Order(a, b, 11), Snapshot(null, a, b), Noon.AddMinutes(1)).Value.LikelyDuplicateOf);
    }

    [Fact]
    public void Apply_Blocked_IsARefusalWithItsRecord()
    {
        var (a, b) = (Account("a", 100), Account("b"));
        var candidate = Rules.Check(Order(a, b, 10), Snapshot(null, a, b), Noon).Value;

        var declined = Assert.IsType<Decision.Declined>(Rules.Apply(candidate, Verdict(RiskOutcome.Block)));

        Assert.IsType<DeclinedError>(declined.Error);
        Assert.Equal(
            (TransferStatus.Blocked, 0L, true),
            (declined.Record.Transfer.Status, declined.Record.Transfer.LimitUse, declined.Record.Transfer.IsAlertPending)
        );
        Assert.Equal(1, declined.Record.WriteCount);
        Assert.IsType<DeclinedError>(LedgerRules.Repeat(Order(a, b, 10), declined.Record.Transfer).Error);
        Assert.IsType<IdempotencyKeyReusedError>(LedgerRules.Repeat(Order(a, b, 11), declined.Record.Transfer).Error);
    }

    [Theory]
    [
        InlineData(RiskOutcome.Allow, TransferStatus.Posted),
        InlineData(RiskOutcome.Alert, TransferStatus.Posted),
        InlineData(RiskOutcome.Hold, TransferStatus.Held)
    ]
    public void Apply_NotBlocked_IsAcceptedWithItsVerdict(RiskOutcome outcome, TransferStatus expected)
    {
        var (a, b) = (Account("a", 100), Account("b"));
        var candidate = Rules.Check(Order(a, b, 10), Snapshot(null, a, b), Noon).Value;

        var accepted = Assert.IsType<Decision.Accepted>(Rules.Apply(candidate, Verdict(outcome))).Step;

        Assert.Equal(
            (expected, outcome, outcome != RiskOutcome.Allow),
            (accepted.Transfer.Status, accepted.Transfer.Risk!.Outcome, accepted.Transfer.IsAlertPending)
        );
        Assert.Equal(Usd(expected == TransferStatus.Held ? 10 : 0), accepted.Accounts[0].Held);
    }

    [Fact]
    public void Decide_ClockBehindTheLastEntry_PostsAtTheLastEntrysTime()
    {
        var (a, b) = (Account("a", 100), Account("b") with { LastEntryAt = Noon.AddSeconds(3) });

        Assert.All(Decide(Order(a, b), Noon, a, b).Value.Entries, entry => Assert.Equal(Noon.AddSeconds(3), entry.PostedAt));
        var import = Order(a, b) with { Actor = Actor.System, At = Noon };
        Assert.Equal(Noon.AddSeconds(3), Assert.IsType<OutOfOrderError>(Decide(import, Noon, a, b).Error).LastEntryAt);
    }

    [Fact]
    public void Decide_Posting_WritesLegsThatSumToZeroAndChainOn()
    {
        var (a, b) = (Account("a", 100) with { Sequence = 7, LastHash = new byte[] { 1, 2 } }, Account("b"));

        var commit = Decide(Order(a, b, 25), a, b).Value;

        Assert.Null(commit.ExpectedStatus);
        Assert.Equal(0, commit.Entries.Sum(e => e.Amount.MinorUnits));
        var debit = commit.Entries.Single(e => e.AccountId == a.Id);
        Assert.Equal((8L, Usd(75), (byte)1), (debit.Sequence, debit.BalanceAfter, debit.PreviousHash.Span[0]));
        Assert.Equal(EntryHash.Compute(debit), debit.Hash.ToArray());
        Assert.All(commit.Accounts, account => Assert.Equal(2, account.Version));
        Assert.Equal(debit.Hash.ToArray(), commit.Accounts.Single(x => x.Id == a.Id).LastHash.ToArray());
    }

    [Fact]
    public void Decide_CashLeg_GoesToAShardOfTheInternalAccount()
    {
        var a = Account("a");

        var commit = Decide(Deposit(a) with { Amount = Usd(9) }, a).Value;

        var cash = commit.Entries.Single(e => e.AccountId != a.Id);
        Assert.Contains(cash.AccountId, GeneralLedger.ShardsOf(GeneralLedger.Cash(Currency.Usd)));
        Assert.Equal((Usd(-9), 0L), (cash.Amount, cash.Sequence));
        Assert.Single(commit.Accounts);
    }

    [Fact]
    public void HoldReleaseReject_MoveReservedFundsAndLimitUse()
    {
        var (a, b) = (Account("a", 100), Account("b"));
        var held = Decide(Order(a, b, 40) with { Hold = true }, a, b).Value;
        var reserved = held.Accounts.Single();

        Assert.Empty(held.Entries);
        Assert.Equal((Usd(100), Usd(40), Usd(60)), (reserved.Balance, reserved.Held, reserved.Available));
        Assert.Equal(4000, reserved.Activity.LimitUsedOn(Rules.DayOf(Noon)));

        var released = LedgerRules.Release(Snapshot(held.Transfer, reserved, b), "analyst", "checked", Noon).Value;
        Assert.Equal(TransferStatus.Held, released.ExpectedStatus);
        Assert.Equal((Usd(60), Usd(0)), (released.Accounts[0].Balance, released.Accounts[0].Held));
        Assert.Equal(2, released.Entries.Length);
        Assert.Equal(4000, released.Accounts[0].Activity.LimitUsedOn(Rules.DayOf(Noon)));

        var rejected = Rules.Reject(Snapshot(held.Transfer, reserved, b), "analyst", "checked", Noon).Value;
        Assert.Equal((Usd(100), Usd(0)), (rejected.Accounts[0].Balance, rejected.Accounts[0].Held));
        Assert.Equal(0, rejected.Accounts[0].Activity.LimitUsedOn(Rules.DayOf(Noon)));
        Assert.Empty(rejected.Entries);

        Assert.IsType<NotHeldError>(LedgerRules.Release(Snapshot(rejected.Transfer, a, b), "analyst", "checked", Noon).Error);
        Assert.IsType<DebitAccountFrozenError>(
            LedgerRules
                .Release(Snapshot(held.Transfer, reserved with { Status = AccountStatus.Frozen }, b), "analyst", "checked", Noon)
                .Error
        );
        Assert.IsType<CreditAccountClosedError>(
            LedgerRules
                .Release(Snapshot(held.Transfer, reserved, b with { Status = AccountStatus.Closed }), "analyst", "checked", Noon)
                .Error
        );
    }

    [Fact]
    public void StartOf_DayOfTheClockChange_IsTheFirstExistingMoment()
    {
        // New York moved its clocks at two in the morning; Santiago at midnight, so that day began at one.
        Assert.Equal(new DateTimeOffset(2026, 3, 8, 5, 0, 0, TimeSpan.Zero), Rules.StartOf(new DateOnly(2026, 3, 8)));
        var santiago = new LedgerRules(new LedgerOptions { TimeZone = "America/Santiago" });
        var start = santiago.StartOf(new DateOnly(2025, 9, 7));
        Assert.Equal(new DateOnly(2025, 9, 7), santiago.DayOf(start));
        Assert.Equal(new DateOnly(2025, 9, 6), santiago.DayOf(start.AddTicks(-1)));
    }

    [Fact]
    public void StartOf_DayWithTwoMidnights_IsTheFirst()
    {
        // Havana's clocks go back from one in the morning to midnight.
        var havana = new LedgerRules(new LedgerOptions { TimeZone = "America/Havana" });
        var start = havana.StartOf(new DateOnly(2025, 11, 2));

        Assert.Equal(new DateTimeOffset(2025, 11, 2, 4, 0, 0, TimeSpan.Zero), start);
        Assert.Equal(new DateOnly(2025, 11, 1), havana.DayOf(start.AddTicks(-1)));
    }

    [Fact]
    public void ContentHash_AnyFieldThatMatters_ChangesIt()
    {
        var order = Order(Account("a", 100), Account("b"), 10);
        TransferOrder[] others =
        [
            order with { Amount = Usd(10.01m) }, order with { Amount = Money.Of(10, Currency.Eur) }, order with { CreditAccountId = "c" },
            order with { DebitAccountId = "c" }, order with { Description = "x" }, order with { Kind = TransferKind.Payment },
        ];

        Assert.Equal(others.Length + 1, others.Append(order).Select(o => o.ContentHash).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(order.ContentHash, (order with { DuplicateConfirmed = true, CreditName = "Bob" }).ContentHash);
    }

    private static Money Usd(decimal amount) => Money.Of(amount, Currency.Usd);

    private static Account Account(string owner, decimal balance = 0, Currency? currency = null)
    {
        var unit = currency ?? Currency.Usd;
        return new Account
        {
            Id = owner + "-checking",
            OwnerId = owner,
            Number = AccountNumber.Random(),
            Type = AccountType.Checking,
            Currency = unit,
            Balance = Money.Of(balance, unit),
            Held = Money.Zero(unit),
            Overdraft = Money.Zero(unit),
            OpenedAt = Noon.AddYears(-1),
            Version = 1,
        };
    }

    private static TransferOrder Order(Account from, Account to, decimal amount = 1) => new()
    {
        Actor = Actor.Customer(from.OwnerId),
        IdempotencyKey = "key",
        Kind = TransferKind.Transfer,
        DebitAccountId = from.Id,
        CreditAccountId = to.Id,
        Amount = Usd(amount),
    };

    private static TransferOrder Deposit(Account to) => new()
    {
        Actor = Actor.Customer(to.OwnerId),
        IdempotencyKey = "key",
        Kind = TransferKind.Deposit,
        DebitAccountId = GeneralLedger.Cash(Currency.Usd),
        CreditAccountId = to.Id,
        Amount = Usd(1),
    };

    private static RiskVerdict Verdict(RiskOutcome outcome) => new(outcome, 0, 1, [], default);

    private static LedgerSnapshot Snapshot(Transfer? transfer, params Account[] accounts) =>
        new(transfer, accounts.ToImmutableDictionary(a => a.Id, StringComparer.Ordinal));

    private Result<LedgerCommit> Decide(TransferOrder order, params Account[] accounts) => Decide(order, Noon, accounts);

    private Result<LedgerCommit> Decide(TransferOrder order, DateTimeOffset now, params Account[] accounts) =>
        Rules.Check(order, Snapshot(null, accounts), now).Map(candidate => Rules.Apply(candidate, verdict: null).Commit!);

    private T AssertRefused<T>(TransferOrder order, params Account[] accounts)
        where T : Error => Assert.IsType<T>(Decide(order, accounts).Error);
}
