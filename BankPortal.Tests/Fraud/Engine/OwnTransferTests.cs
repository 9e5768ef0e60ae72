using BankPortal.Tests.Fraud.Rules;
using FsCheck.Fluent;
using F = BankPortal.Core.Fraud.Engine.RiskFact;

namespace BankPortal.Tests.Fraud.Engine;

/// <summary>
/// The page for transfers promises: "Moving money between your own accounts is free, without a limit, and done at once." The shipped
/// rules keep that promise.
/// </summary>
[UnitTest]
public sealed class OwnTransferTests
{
    private readonly InMemoryRiskBackgrounds _backgrounds = new();
    private readonly InMemoryBank _bank;
    private readonly Actor _ann;

    public OwnTransferTests()
    {
        _bank = InMemoryBank.Screened(_backgrounds);
        _ann = _bank.Customer("ann", "Ann Archer");
        _backgrounds.SecurityChanges["ann"] = _bank.Time.GetUtcNow();
    }

    [Fact]
    public async Task Move_BetweenOwnAccounts_IsFreeWithoutALimitAndDoneAtOnceHoweverOften()
    {
        var (checking, savings) = (
            await _bank.OpenAsync(_ann, 500_000), await _bank.OpenAsync(_ann, 0, AccountType.Savings));
        _bank.Time.Advance(TimeSpan.FromDays(200));
        _backgrounds.SecurityChanges["ann"] = _bank.Time.GetUtcNow();

        // As stolen cards are tried, as an account is emptied, and as money is passed on at once.
        decimal[] amounts = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 250_000, 12_000, 12_000, 12_000, 12_000, 12_000, 12_000];
        foreach (var amount in amounts)
        {
            AssertDoneAtOnce(await MoveAsync(checking, savings, amount));
            _bank.Time.Advance(TimeSpan.FromSeconds(20));
        }

        var moved = amounts.Sum();
        AssertDoneAtOnce(await MoveAsync(savings, checking, moved));
        Assert.Equal(
            (500_000m, 0m),
            ((await _bank.FindAsync(checking)).Balance.Amount, (await _bank.FindAsync(savings)).Balance.Amount));
        Assert.Equal((0L, 0L), (
            (await _bank.FindAsync(checking)).Activity.LimitUsed, (await _bank.FindAsync(savings)).Activity.LimitUsed));
        Assert.Empty(await _bank.Store.ListHeldAsync(new HeldQuery(10)));
    }

    [Fact]
    public async Task Pay_SomebodyAfterManyOwnTransfers_IsNotTakenForABurst()
    {
        var (checking, savings, bens) = (
            await _bank.OpenAsync(_ann, 5_000),
            await _bank.OpenAsync(_ann, 0, AccountType.Savings),
            await _bank.OpenAsync(_bank.Customer("ben", "Ben Baker")));
        foreach (var amount in Enumerable.Repeat(4m, 20))
        {
            AssertDoneAtOnce(await MoveAsync(checking, savings, amount));
        }

        var paid = await MoveAsync(checking, bens, 4);

        Assert.Equal((TransferStatus.Posted, RiskOutcome.Allow), (paid.Status, paid.Risk!.Outcome));
        Assert.Empty(paid.Risk.Fired);
        var facts = RiskFacts.Parse(paid.Risk.Facts);
        Assert.Equal((21m, 1m, 1m), (facts[F.Debits1h], facts[F.DebitsToOthers1h], facts[F.TinyDebitsToOthers1h]));
    }

    [Fact]
    public async Task Pay_OthersInABurst_IsStillSeen()
    {
        var (checking, bens) = (await _bank.OpenAsync(_ann, 5_000), await _bank.OpenAsync(_bank.Customer("ben", "Ben Baker")));
        Transfer last = null!;
        for (var i = 0; i < 6; i++)
        {
            last = await MoveAsync(checking, bens, 4);
        }

        Assert.Equal(["card-testing", "rapid-transfers"], last.Risk!.Fired.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(RiskLists.Watched, TransferStatus.Held)]
    [InlineData(RiskLists.Blocked, TransferStatus.Blocked)]
    public async Task Move_FromAListedAccount_FollowsTheList(string list, TransferStatus expected)
    {
        var (checking, savings) = (await _bank.OpenAsync(_ann, 100), await _bank.OpenAsync(_ann, 0, AccountType.Savings));
        _backgrounds.Lists[checking.Id] = list;
        var order = Order(checking, savings, 10);

        await _bank.Ledger.ExecuteAsync(order);

        Assert.Equal(expected, (await _bank.Store.FindTransferAsync(order.TransferId))!.Status);
    }

    [Fact]
    public void ShippedRules_AnyFactsOfAnOwnTransfer_OnlyNoteAHighValue()
    {
        var rules = new CompiledRuleSet(ShippedRules.Version1);
        Properties.Holds(Gen.Choose(0, int.MaxValue), seed =>
        {
            var facts = Past.Facts(new Random(seed)).With(
                (F.OwnTransfer, 1), (F.Cash, 0), (F.OnBlockedList, 0), (F.OnWatchList, 0), (F.OnTrustedList, 0));
            var decision = rules.Decide(facts);
            return decision.Outcome <= RiskOutcome.Alert
                && decision.Fired.All(rule => rule.Id == "high-value")
                && !decision.Cases.Any();
        });
    }

    [Fact]
    public void RuleSet_StoredByAnEarlierVersion_IsReadAndDecidesAsBefore()
    {
        const string Stored = """
            {"version":1,"rules":[
            {"id":"rapid-transfers","name":"Many transfers in an hour","when":{"of":"all","parts":[
            {"of":"fact","fact":"kind","is":"Is","value":2},{"of":"fact","fact":"debits_1h","is":"MoreThan","value":5}]},
            "score":45,"reason":"{debits_1h} debits within an hour.","isEnabled":true},
            {"id":"card-testing","name":"Burst of tiny amounts","when":{"of":"all","parts":[
            {"of":"fact","fact":"tiny_debits_1h","is":"AtLeast","value":4},{"of":"fact","fact":"amount","is":"AtMost","value":5}]},
            "score":50,"opensCase":"Fraud","reason":"{tiny_debits_1h} debits of 5 or less within an hour.","isEnabled":true},
            {"id":"cash-burst","name":"Burst of cash","when":{"of":"all","parts":[
            {"of":"fact","fact":"cash","is":"Is","value":1},{"of":"fact","fact":"cash_48h","is":"AtLeast","value":5}]},
            "score":45,"opensCase":"Compliance","reason":"{cash_48h} cash movements within two days.","isEnabled":true}],
            "thresholds":{"alert":40,"hold":80,"block":200}}
            """;

        var set = RuleSetJson.Parse(Stored);

        Assert.Empty(RuleSetValidator.Find(set));
        var facts = RiskFacts.Of(
            Currency.Usd, (F.Kind, (int)TransferKind.Transfer), (F.OwnTransfer, 1), (F.Debits1h, 6), (F.TinyDebits1h, 4), (F.Amount, 5));
        var decision = new CompiledRuleSet(set).Decide(RiskFacts.Parse(facts.Format()));
        Assert.Equal((RiskOutcome.Hold, 95), (decision.Outcome, decision.Score));
        Assert.Equal(["card-testing", "rapid-transfers"], decision.Fired.Select(rule => rule.Id));
    }

    private static void AssertDoneAtOnce(Transfer transfer)
    {
        Assert.Equal(TransferStatus.Posted, transfer.Status);
        Assert.All(transfer.Risk!.Fired, rule => Assert.Equal("high-value", rule));
        Assert.Empty(CaseRules.CasesOf(transfer, ShippedRules.Version1));
    }

    private TransferOrder Order(Account from, Account to, decimal amount) => new()
    {
        Actor = _ann,
        IdempotencyKey = _bank.NextKey(),
        Kind = TransferKind.Transfer,
        DebitAccountId = from.Id,
        CreditAccountId = to.Id,
        Amount = Money.Of(amount, Currency.Usd),
        DuplicateConfirmed = true,
    };

    private async Task<Transfer> MoveAsync(Account from, Account to, decimal amount) =>
        (await _bank.Ledger.ExecuteAsync(Order(from, to, amount))).Value;
}
