using BankPortal.Tests.Fraud.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace BankPortal.Tests.Fraud.Engine;

/// <summary>Windows are never shorter than their name, whatever the clock says, and at most one hour (one day) longer.</summary>
[UnitTest]
public sealed class RiskWindowTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // Ordinary times, midnight of UTC, and the hours at which clocks are changed in New York and in Berlin.
    private static readonly ImmutableArray<DateTimeOffset> Moments =
    [
        new(2026, 3, 2, 15, 30, 0, TimeSpan.Zero),
        new(2026, 3, 3, 0, 0, 0, TimeSpan.Zero),
        new(2026, 3, 3, 23, 59, 59, 999, TimeSpan.Zero),
        new(2026, 3, 8, 7, 0, 0, TimeSpan.Zero),
        new(2026, 11, 1, 6, 0, 0, TimeSpan.Zero),
        new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero),
        new(2026, 10, 25, 0, 59, 59, TimeSpan.Zero),
        new(2026, 12, 31, 23, 30, 0, TimeSpan.Zero),
    ];

    private static readonly ImmutableArray<TimeSpan> Ages =
    [
        Hour, 2 * Hour, 23 * Hour, 24 * Hour, 25 * Hour, 26 * Hour, 47 * Hour, 48 * Hour, 49 * Hour, 50 * Hour,
        6 * Day, 7 * Day, 8 * Day, 29 * Day, 30 * Day, 31 * Day,
    ];

    private static readonly Gen<Story> Stories = Gen.Choose(0, int.MaxValue).Select(seed => Story.Make(new Random(seed)));

    private static readonly RiskFactSheet Sheet = new(new LedgerOptions { TimeZone = "America/New_York" });

    [Fact]
    public void Facts_AnyStory_NoWindowIsShorterThanItsNameAndNoneIsLongerByMoreThanItsGranularity() =>
        Properties.Holds(Stories, story =>
        {
            var facts = FactsOf(story, Replay(story.Movements), story.At);
            return Windows(story.At).All(window =>
                window.Measure(story.Within(window.Name)) <= facts[window.Fact]
                && facts[window.Fact] <= window.Measure(story.Within(window.Name + window.Granularity)));
        });

    [Fact]
    public void Facts_AnyStory_AreTheSameFromTheRowAsItIsStored() =>
        Properties.Holds(Stories, story =>
        {
            var stored = AccountActivity.None;
            foreach (var movement in story.Movements)
            {
                stored = ActivityBytes.Parse(ActivityBytes.Format(stored.With(movement)));
            }

            return FactsOf(story, stored, story.At).Format().AsSpan()
                .SequenceEqual(FactsOf(story, Replay(story.Movements), story.At).Format());
        });

    [Fact]
    public void Facts_RowOfAnEarlierVersion_NeverHaveAShorterWindowOfCash() =>
        Properties.Holds(Stories, story =>
        {
            var half = story.Movements.Length / 2;
            var read = ActivityBytes.Parse(EarlierVersion.Format(story.Movements.Take(half)));
            var activity = story.Movements.Skip(half).Aggregate(read, (before, movement) => before.With(movement));
            var facts = FactsOf(story, activity, story.At);
            return Windows(story.At)
                .Where(window => window.Fact is RiskFact.Cash48h or RiskFact.CashSum48h or RiskFact.NearLimitCash48h)
                .All(window => window.Measure(story.Within(window.Name)) <= facts[window.Fact]
                    && facts[window.Fact] <= window.Measure(story.Within(window.Name + Day)));
        });

    [Theory]
    [InlineData("2026-03-02T23:50:00Z", "2026-03-04T00:08:00Z")]
    [InlineData("2026-03-02T00:10:00Z", "2026-03-04T00:09:59Z")]
    [InlineData("2026-03-07T23:30:00Z", "2026-03-09T23:29:00Z")]
    public void Cash_TwoMovementsWithin48Hours_AreTwoWhereverMidnightIs(string first, string second)
    {
        var (earlier, now) = (Time(first), Time(second));

        var facts = Cash(AccountActivity.None.With(Deposit(earlier, 9_000)), now, 9_000);

        Assert.Equal((2m, 18_000m, 2m), (facts[RiskFact.Cash48h], facts[RiskFact.CashSum48h], facts[RiskFact.NearLimitCash48h]));
        Assert.Contains(new CompiledRuleSet(ShippedRules.Version1).Decide(facts).Fired, rule => rule.Id == "structuring");
    }

    [Fact]
    public void Cash_49HoursLater_IsForgotten()
    {
        var earlier = Time("2026-03-02T23:00:00Z");

        Assert.Equal(2m, Cash(AccountActivity.None.With(Deposit(earlier, 9_000)), earlier.AddHours(49).AddTicks(-1), 1)[RiskFact.Cash48h]);
        Assert.Equal(1m, Cash(AccountActivity.None.With(Deposit(earlier, 9_000)), earlier.AddHours(49), 1)[RiskFact.Cash48h]);
    }

    [Theory]
    [InlineData(0, 23, 0, 1), InlineData(59, 23, 0, 1), InlineData(30, 23, 59, 59), InlineData(0, 24, 0, 0)]
    public void Day_MovementWithin24Hours_CountsWhateverTheMinute(int minute, int hours, int minutes, int seconds)
    {
        var now = Time("2026-03-05T00:00:00Z").AddMinutes(minute);
        var earlier = now - new TimeSpan(hours, minutes, seconds);
        var activity = AccountActivity.None.With(
            new Movement(earlier, Money.Of(-12_000, Currency.Usd), "bob", IsWithCustomer: true));

        var facts = Sheet.Of(Withdrawal(now, 1), AccountOf(activity, now), null, new RiskBackground { IsAssessed = true });

        Assert.Equal(
            (2m, 12_001m, 12_000m, 1m, 1m),
            (
                facts[RiskFact.Debits24h],
                facts[RiskFact.DebitSum24h],
                facts[RiskFact.DebitMax24h],
                facts[RiskFact.HighValue24h],
                facts[RiskFact.Receivers24h]
            ));
    }

    [Fact]
    public void Hour_MoreTinyDebitsThanAreRemembered_AreCountedAndOwnOnesApart()
    {
        var at = Time("2026-03-05T10:59:00Z");
        var activity = AccountActivity.None;
        for (var i = 0; i < 40; i++)
        {
            activity = activity.With(new Movement(at.AddSeconds(i), Money.Of(-1, Currency.Usd), "other", IsOwn: i % 4 == 0));
        }

        activity = activity.With(new Movement(at.AddSeconds(50), Money.Of(-50, Currency.Usd), "other"));
        var facts = Sheet.Of(
            Withdrawal(at.AddMinutes(59), 2), AccountOf(activity, at), null, new RiskBackground { IsAssessed = true });

        Assert.Equal(
            (42m, 32m, 41m, 31m),
            (
                facts[RiskFact.Debits1h],
                facts[RiskFact.DebitsToOthers1h],
                facts[RiskFact.TinyDebits1h],
                facts[RiskFact.TinyDebitsToOthers1h]
            ));
    }

    [Fact]
    public void LiveShadowAndBackTest_AnyStory_DecideTheSameOnTheSameFacts() =>
        Properties.Holds(Stories, story =>
        {
            var rules = new RulesInForce();
            rules.Use(ShippedRules.Version1, ShippedRules.Version1 with { Version = 2 });
            var screening = new FraudScreening(
                rules,
                Sheet,
                new InMemoryRiskBackgrounds(),
                new FraudOptions(),
                new ManualTime(story.At),
                NullLogger<FraudScreening>.Instance);
            var transfer = Withdrawal(story.At, 9_500);
            var account = AccountOf(Replay(story.Movements), story.At);
            var background = new RiskBackground { IsAssessed = true };
            var candidate = new TransferCandidate(transfer, account, null, Hold: false, LikelyDuplicateOf: null);
            var verdict = screening.Assess(candidate, background)!;
            var tally = new BackTestTally(new CompiledRuleSet(ShippedRules.Version1), new CompiledRuleSet(ShippedRules.Version1));
            var facts = BackTestTally.FactsOf(transfer with { Risk = verdict })!;
            tally.Add(transfer with { Risk = verdict }, null);
            var again = new CompiledRuleSet(ShippedRules.Version1).Decide(facts);
            return facts.Format().AsSpan().SequenceEqual(Sheet.Of(transfer, account, null, background).Format())
                && verdict.Shadow is { } shadow
                && (shadow.Outcome, shadow.Score) == (verdict.Outcome, verdict.Score)
                && (again.Outcome, again.Score) == (verdict.Outcome, verdict.Score)
                && again.Fired.Select(rule => rule.Id).SequenceEqual(verdict.Fired)
                && tally.Transfers == 1;
        });

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static Movement Deposit(DateTimeOffset at, decimal amount) => new(at, Money.Of(amount, Currency.Usd), "cash", IsCash: true);

    private static RiskFacts Cash(AccountActivity before, DateTimeOffset at, decimal amount) =>
        Sheet.Of(
            Withdrawal(at, amount) with { Kind = TransferKind.Deposit, DebitAccountId = "gl:cash:USD", CreditAccountId = "a" },
            null,
            AccountOf(before, at),
            new RiskBackground { IsAssessed = true });

    private static AccountActivity Replay(IEnumerable<Movement> movements) =>
        movements.Aggregate(AccountActivity.None, (before, movement) => before.With(movement));

    private static RiskFacts FactsOf(Story story, AccountActivity activity, DateTimeOffset at) =>
        Sheet.Of(
            Withdrawal(at, story.Amount), AccountOf(activity, at), null, new RiskBackground { IsAssessed = true });

    private static Transfer Withdrawal(DateTimeOffset at, decimal amount) => Past.Transfer(0, at, (RiskVerdict?)null) with
    {
        Kind = TransferKind.Withdrawal,
        DebitAccountId = "a",
        CreditAccountId = "gl:cash:USD",
        Amount = Money.Of(amount, Currency.Usd),
    };

    private static Account AccountOf(AccountActivity activity, DateTimeOffset now) => new()
    {
        Id = "a",
        OwnerId = "ann",
        Number = AccountNumber.Random(),
        Type = AccountType.Checking,
        Currency = Currency.Usd,
        Balance = Money.Of(50_000, Currency.Usd),
        Held = Money.Zero(Currency.Usd),
        Overdraft = Money.Zero(Currency.Usd),
        OpenedAt = now.AddYears(-1),
        Activity = activity,
    };

    private static IEnumerable<Window> Windows(DateTimeOffset at)
    {
        // Sums are compared as counts are: a longer window has at least as much in it.
        foreach (var (name, granularity, debits, credits) in new[]
        {
            (Hour, Hour, RiskFact.Debits1h, RiskFact.Credits1h),
            (24 * Hour, Hour, RiskFact.Debits24h, RiskFact.Credits24h),
            (7 * Day, Day, RiskFact.Debits7d, RiskFact.Credits7d),
            (30 * Day, Day, RiskFact.Debits30d, RiskFact.Credits30d),
        })
        {
            yield return new(debits, name, granularity, movements => movements.Count(IsDebit));
            yield return new(debits + 1, name, granularity, movements => Sum(movements.Where(IsDebit)));
            yield return new(debits + 2, name, granularity, movements => Max(movements.Where(IsDebit)));
            yield return new(credits, name, granularity, movements => movements.Count(m => !IsDebit(m)));
            yield return new(credits + 1, name, granularity, movements => Sum(movements.Where(m => !IsDebit(m))));
            yield return new(credits + 2, name, granularity, movements => Max(movements.Where(m => !IsDebit(m))));
        }

        yield return new(RiskFact.HighValue24h, 24 * Hour, Hour, movements => movements.Count(m => m.Amount.Abs().Amount >= 10_000));
        yield return new(RiskFact.Cash48h, 48 * Hour, Hour, movements => movements.Count(m => m.IsCash));
        yield return new(RiskFact.CashSum48h, 48 * Hour, Hour, movements => Sum(movements.Where(m => m.IsCash)));
        yield return new(
            RiskFact.NearLimitCash48h,
            48 * Hour,
            Hour,
            movements => movements.Count(m => m.IsCash && AccountActivity.IsNearLimit(m.Amount.Abs().Amount)));
        yield return new(RiskFact.TinyDebits1h, Hour, Hour, movements => movements.Count(IsTiny));
        yield return new(RiskFact.DebitsToOthers1h, Hour, Hour, movements => movements.Count(m => IsDebit(m) && !m.IsOwn));
        yield return new(RiskFact.TinyDebitsToOthers1h, Hour, Hour, movements => movements.Count(m => IsTiny(m) && !m.IsOwn));
        yield return new(RiskFact.Receivers24h, 24 * Hour, Hour, movements => Parties(movements.Where(IsDebit)));
        yield return new(RiskFact.Senders24h, 24 * Hour, Hour, movements => Parties(movements.Where(m => !IsDebit(m))));

        static bool IsDebit(Movement movement) => movement.Amount.IsNegative;
        static bool IsTiny(Movement movement) => IsDebit(movement) && movement.Amount.Abs().Amount <= RiskVocabulary.TinyAmount;
        static decimal Sum(IEnumerable<Movement> movements) => movements.Sum(movement => movement.Amount.Abs().Amount);
        static decimal Max(IEnumerable<Movement> movements) =>
            movements.Select(movement => movement.Amount.Abs().Amount).DefaultIfEmpty().Max();
        static int Parties(IEnumerable<Movement> movements) => movements
            .Where(movement => movement.IsWithCustomer)
            .Select(movement => movement.Counterparty)
            .Distinct(StringComparer.Ordinal)
            .Count();
    }

    private sealed record Window(
        RiskFact Fact, TimeSpan Name, TimeSpan Granularity, Func<IReadOnlyList<Movement>, decimal> Measure);

    /// <summary>Earlier movements of an account, oldest first, and the moment at which the next one is assessed.</summary>
    private sealed record Story(DateTimeOffset At, decimal Amount, ImmutableArray<Movement> Movements)
    {
        /// <summary>The movements of the time before, with the one that is assessed.</summary>
        public IReadOnlyList<Movement> Within(TimeSpan window) =>
        [
            .. Movements.Where(movement => At - movement.At < window),
            new Movement(At, Money.Of(-Amount, Currency.Usd), "gl:cash:USD", IsCash: true),
        ];

        public static Story Make(Random random)
        {
            var at = Moments[random.Next(Moments.Length)] + random.Next(4) switch
            {
                0 => TimeSpan.Zero,
                1 => TimeSpan.FromMilliseconds(random.Next(-2, 3)),
                2 => TimeSpan.FromSeconds(random.Next(-3600, 3600)),
                _ => TimeSpan.FromMilliseconds(random.Next(0, 86_400_000)),
            };
            decimal[] amounts = [1, 5, 5.01m, 50, 7_999.99m, 8_000, 9_999.99m, 10_000, 12_000];
            var movements = Enumerable.Range(0, random.Next(0, 40))
                .Select(_ => at - Ages[random.Next(Ages.Length)] + random.Next(5) switch
                {
                    0 => TimeSpan.Zero,
                    1 => TimeSpan.FromMilliseconds(random.Next(-2, 3)),
                    2 => TimeSpan.FromSeconds(random.Next(-5, 6)),
                    3 => TimeSpan.FromMinutes(random.Next(-60, 60)),
                    _ => TimeSpan.FromMinutes(random.Next(0, 60)),
                })
                .Where(when => when < at)
                .Order()
                .Select(when =>
                {
                    var isCash = random.Next(2) == 0;
                    var isOwn = !isCash && random.Next(4) == 0;
                    return new Movement(
                        when,
                        Money.Of((random.Next(2) == 0 ? -1 : 1) * amounts[random.Next(amounts.Length)], Currency.Usd),
                        "party-" + random.Next(8).ToString(CultureInfo.InvariantCulture),
                        isCash,
                        !isCash && !isOwn,
                        isOwn);
                })
                .ToImmutableArray();
            return new Story(at, amounts[random.Next(amounts.Length)], movements);
        }
    }

    /// <summary>Writes an account's activity as version 1.0 of the portal did: 24 clock hours, 30 days, and no details.</summary>
    private static class EarlierVersion
    {
        // What stands after the activity when there is nothing to tell: the version of the details and two counts of zero.
        private const int EmptyDetails = 3;

        public static byte[]? Format(IEnumerable<Movement> movements)
        {
            var all = movements.Select(movement => movement with { IsOwn = false }).ToList();
            if (all.Count == 0)
            {
                return null;
            }

            var activity = Replay(all);
            var hour = AccountActivity.HourOf(all[^1].At);
            return ActivityBytes.Format(activity with
            {
                Hours =
                [
                    .. activity.Hours.Where(bucket => bucket.Period > hour - 24)
                        .Select(bucket => bucket with { TinyDebits = 0, OwnDebits = 0, OwnTinyDebits = 0 }),
                ],
                Days = [.. activity.Days.Where(bucket => bucket.Period > (hour / 24) - 30)],
                Parties = [.. activity.Parties.Where(party => party.Hour > hour - 24)],
            })![..^EmptyDetails];
        }
    }
}
