namespace BankPortal.Tests.Fraud.Engine;

/// <summary>The facts of a transfer, from the earlier activity of its accounts.</summary>
[UnitTest]
public sealed class RiskFactSheetTests
{
    private readonly InMemoryRiskBackgrounds _backgrounds = new();
    private readonly InMemoryBank _bank;

    public RiskFactSheetTests() => _bank = InMemoryBank.Screened(_backgrounds);

    [Fact]
    public async Task Facts_DebitsOfAnHour_AreCountedExactlyToTheMinute()
    {
        var (alice, bob) = await TwoAsync();
        for (var i = 0; i < 4; i++)
        {
            await SendAsync(alice, bob, 10 + i);
            _bank.Time.Advance(TimeSpan.FromMinutes(20));
        }

        // The first was 80 minutes ago, the second exactly 60, which is no longer within the hour.
        var facts = await SendAsync(alice, bob, 50);

        Assert.Equal((3m, 12m + 13m + 50m, 50m), (facts[RiskFact.Debits1h], facts[RiskFact.DebitSum1h], facts[RiskFact.DebitMax1h]));
        Assert.Equal(5m, facts[RiskFact.Debits24h]);
    }

    [Fact]
    public async Task Facts_MoreDebitsThanAreRemembered_AreCountedByTheHour()
    {
        var (alice, bob) = await TwoAsync();
        RiskFacts facts = null!;
        for (var i = 0; i < AccountActivity.MaxRecentDebits + 3; i++)
        {
            facts = await SendAsync(alice, bob, 1 + i);
        }

        Assert.Equal(AccountActivity.MaxRecentDebits + 3m, facts[RiskFact.Debits1h]);
    }

    [Fact]
    public async Task Facts_MoneyPassedOn_IsTheShareOfWhatJustCameIn()
    {
        var (alice, bob) = await TwoAsync();
        await SendAsync(alice, bob, 1000);
        _bank.Time.Advance(TimeSpan.FromMinutes(59));
        var within = await SendAsync(bob, alice, 850);
        _bank.Time.Advance(TimeSpan.FromMinutes(1));
        var after = await SendAsync(bob, alice, 100);

        Assert.Equal((1000m, 0.85m), (within[RiskFact.RecentCredit], within[RiskFact.PassedOnShare]));
        Assert.False(after.IsKnown(RiskFact.PassedOnShare));
    }

    [Fact]
    public async Task Facts_Parties_AreDistinguishedAndOwnAccountsAreNone()
    {
        var (alice, bob) = await TwoAsync();
        var carol = await _bank.OpenAsync(_bank.Customer("carol", "Carol"), 1000);
        var savings = await _bank.OpenAsync(Actor.Customer("alice"), 0, AccountType.Savings);
        await SendAsync(alice, bob, 10);
        await SendAsync(alice, bob, 11);
        await SendAsync(alice, savings, 5);
        var toCarol = await SendAsync(alice, carol, 12);
        var fromCarol = await SendAsync(carol, bob, 13);

        Assert.Equal((2m, 1m), (toCarol[RiskFact.Receivers24h], toCarol[RiskFact.PayeeSenders24h]));
        Assert.Equal((2m, 34m), (fromCarol[RiskFact.PayeeSenders24h], fromCarol[RiskFact.PayeeCreditSum24h]));
    }

    [Fact]
    public async Task Facts_UsualAmount_NeedsAFewDebitsAndLeavesThisOneOut()
    {
        var (alice, bob) = await TwoAsync();
        var facts = new List<RiskFacts>();
        for (var i = 0; i < 5; i++)
        {
            facts.Add(await SendAsync(alice, bob, 20));
            _bank.Time.Advance(TimeSpan.FromDays(1));
        }

        var large = await SendAsync(alice, bob, 300);

        Assert.All(facts, early => Assert.False(early.IsKnown(RiskFact.RatioToUsual)));
        Assert.Equal(15m, large[RiskFact.RatioToUsual]);
    }

    [Fact]
    public async Task Facts_Cash_CountsDepositsJustUnderTheLimitOf48Hours()
    {
        var (alice, _) = await TwoAsync();
        await CashAsync(alice, 8_000);
        await CashAsync(alice, 7_999.99m);
        _bank.Time.Advance(TimeSpan.FromDays(1));
        var second = await CashAsync(alice, 9_999.99m);
        _bank.Time.Advance(TimeSpan.FromHours(25));
        var third = await CashAsync(alice, 10_000);

        Assert.Equal((2m, 3m, 25_999.98m), (second[RiskFact.NearLimitCash48h], second[RiskFact.Cash48h], second[RiskFact.CashSum48h]));
        Assert.Equal((1m, 1m), (third[RiskFact.NearLimitCash48h], third[RiskFact.HighValue24h]));
    }

    [Fact]
    public async Task Facts_SecurityChangeAndPayee_AreAgesAtTheTimeOfTheTransfer()
    {
        var (alice, bob) = await TwoAsync();
        var first = await SendAsync(alice, bob, 10);
        await _bank.Payees.RememberAsync("alice", new Payee(bob.Id, bob.Number, "Bob", _bank.Time.GetUtcNow(), _bank.Time.GetUtcNow()));
        _backgrounds.SecurityChanges["alice"] = _bank.Time.GetUtcNow();
        _bank.Time.Advance(TimeSpan.FromMinutes(90));
        var second = await SendAsync(alice, bob, 10);

        Assert.Equal(
            (1m, (decimal?)null, (decimal?)null),
            (first[RiskFact.NewPayee], first[RiskFact.PayeeAge], first[RiskFact.SecurityChangeAge])
        );
        Assert.Equal((0m, 1.5m, 1.5m), (second[RiskFact.NewPayee], second[RiskFact.PayeeAge], second[RiskFact.SecurityChangeAge]));
    }

    [Fact]
    public void Activity_OfALongAndBusyLife_StaysSmallAndSurvivesStorage()
    {
        var activity = AccountActivity.None;
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 20_000; i++)
        {
            at = at.AddMinutes(7);
            activity = activity.With(
                new Movement(
                    at,
                    new Money((i % 3 == 0 ? -1 : 1) * (1 + (i * 7919L % 900_000)), Currency.Usd),
                    $"account-{i % 50}",
                    i % 11 == 0,
                    i % 2 == 0
                )
            );
        }

        var bytes = ActivityBytes.Format(activity)!;
        var read = ActivityBytes.Parse(bytes);

        Assert.InRange(bytes.Length, 500, 1800);
        Assert.Equal(activity.Hours.AsEnumerable(), read.Hours.AsEnumerable());
        Assert.Equal(activity.Days.AsEnumerable(), read.Days.AsEnumerable());
        Assert.Equal(activity.RecentDebits.AsEnumerable(), read.RecentDebits.AsEnumerable());
        Assert.Equal(activity.Parties.AsEnumerable(), read.Parties.AsEnumerable());
        Assert.Equal(activity.Inflow, read.Inflow);
        Assert.Equal(
            (AccountActivity.WindowHours + 1, AccountActivity.WindowDays + 1),
            (read.Hours.Count(hour => hour.Debits + hour.Credits > 0), read.Days.Length));
        Assert.InRange(read.Hours.Length, AccountActivity.WindowHours + 2, AccountActivity.CashHours + 1);
    }

    private async Task<(Account Alice, Account Bob)> TwoAsync() =>
        (await _bank.OpenAsync(_bank.Customer("alice", "Alice"), 100_000), await _bank.OpenAsync(_bank.Customer("bob", "Bob")));

    private Task<RiskFacts> SendAsync(Account from, Account to, decimal amount) =>
        ExecuteAsync(from.OwnerId, TransferKind.Transfer, from.Id, to.Id, amount);

    private Task<RiskFacts> CashAsync(Account account, decimal amount) =>
        ExecuteAsync(account.OwnerId, TransferKind.Deposit, GeneralLedger.Cash(account.Currency), account.Id, amount);

    private async Task<RiskFacts> ExecuteAsync(string owner, TransferKind kind, string debit, string credit, decimal amount)
    {
        var result = await _bank.Ledger.ExecuteAsync(
            new TransferOrder
            {
                Actor = Actor.Customer(owner),
                IdempotencyKey = _bank.NextKey(),
                Kind = kind,
                DebitAccountId = debit,
                CreditAccountId = credit,
                Amount = Money.Of(amount, Currency.Usd),
                DuplicateConfirmed = true,
            }
        );
        Assert.True(
            result.IsSuccess && result.Value.Status == TransferStatus.Posted,
            $"{result.Error} {(result.IsSuccess ? result.Value.Status : null)}"
        );
        return RiskFacts.Parse(result.Value.Risk!.Facts);
    }
}
