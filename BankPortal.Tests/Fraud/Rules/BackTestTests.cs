using static BankPortal.Tests.Fakes.RuleDesk;

namespace BankPortal.Tests.Fraud.Rules;

/// <summary>Periods of the ledger put to a draft beside the live version.</summary>
[UnitTest]
public sealed class BackTestTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RuleDesk _desk = new();
    private readonly BackTests _tests;

    public BackTestTests() => _tests = _desk.NewBackTests();

    public ValueTask DisposeAsync() => _tests.DisposeAsync();

    [Fact]
    public async Task Run_RandomPast_ComesToTheFiguresCountedByHand()
    {
        var draft = await DraftAsync();
        var (live, past) = (ShippedRules.Version1, RandomPast(700));
        _desk.Ledger.Transfers = past;
        foreach (var (transfer, i) in past.Select((transfer, i) => (transfer, i)))
        {
            if (i % 5 == 0)
            {
                _desk.Dispositions.Known[transfer.Id] = (CaseDisposition)(i / 5 % 3);
            }
        }

        var report = await RunAsync(draft, Start, Start.AddDays(20));

        var inside = past.Where(transfer =>
                transfer.CreatedAt < Start.AddDays(20) && transfer.Risk is { } risk && !risk.Fired.Contains(FraudScreening.NotAssessable)
            )
            .ToList();
        var decided = inside
            .Select(transfer =>
            {
                var facts = RiskFacts.Parse(transfer.Risk!.Facts);
                return (Transfer: transfer, Live: Naive(live, facts), Draft: Naive(draft.Set, facts));
            })
            .ToList();
        Assert.Equal(inside.Count, report.Transfers);
        Assert.True(report.LeftOut > 0);
        Assert.Equal(past.Count(transfer => transfer.CreatedAt < Start.AddDays(20)), report.Transfers + report.LeftOut);
        foreach (var liveOutcome in Enum.GetValues<RiskOutcome>())
        {
            foreach (var draftOutcome in Enum.GetValues<RiskOutcome>())
            {
                Assert.Equal(
                    decided.Count(one => one.Live.Outcome == liveOutcome && one.Draft.Outcome == draftOutcome),
                    report.Count(outcome => outcome.Live == liveOutcome && outcome.Other == draftOutcome));
            }
        }

        Assert.True(report.Outcomes.Length > 6);
        foreach (var rule in report.Rules)
        {
            Assert.Equal(decided.Count(one => one.Draft.Fired.Contains(rule.RuleId)), rule.Draft ?? 0);
            Assert.Equal(decided.Count(one => one.Live.Fired.Contains(rule.RuleId)), rule.Live ?? 0);
            Assert.Equal(decided.Count(one => one.Draft.Fired.Contains(rule.RuleId) && IsBad(one.Transfer)), rule.Bad);
            Assert.Equal(decided.Count(one => one.Draft.Fired.Contains(rule.RuleId) && IsGood(one.Transfer)), rule.Good);
        }

        Assert.Equal("extra", report.Rules.Single(rule => rule.Live is null).RuleId);
        Assert.Equal("watch-list", report.Rules.Single(rule => rule.Draft is null).RuleId);
        foreach (var day in report.Days)
        {
            var ofDay = decided.Where(one => DateOnly.FromDateTime(one.Transfer.CreatedAt.UtcDateTime) == day.Day).ToList();
            Assert.Equal(
                (
                    ofDay.Count,
                    ofDay.Count(one => one.Live.Outcome > RiskOutcome.Allow),
                    ofDay.Count(one => one.Draft.Outcome > RiskOutcome.Allow)
                ),
                ((int)day.Transfers, (int)day.Live, (int)day.Draft)
            );
        }

        Assert.Equal(20, report.Days.Length);
        Assert.Equal(
            new Accuracy(
                decided.Count(one => IsBad(one.Transfer)),
                decided.Count(one => IsBad(one.Transfer) && one.Draft.Outcome > RiskOutcome.Allow),
                decided.Count(one => IsGood(one.Transfer) && one.Draft.Outcome > RiskOutcome.Allow)
            ),
            report.Draft
        );
        Assert.Equal(
            new Accuracy(
                decided.Count(one => IsBad(one.Transfer)),
                decided.Count(one => IsBad(one.Transfer) && one.Live.Outcome > RiskOutcome.Allow),
                decided.Count(one => IsGood(one.Transfer) && one.Live.Outcome > RiskOutcome.Allow)
            ),
            report.Live
        );
        Assert.All(report.Stricter, sample => Assert.True(sample.Other > sample.Live));
        Assert.All(report.Milder, sample => Assert.True(sample.Other < sample.Live));
        Assert.Equal(
            Math.Min(BackTestTally.MaxSamples, decided.Count(one => one.Draft.Outcome > one.Live.Outcome)),
            report.Stricter.Length
        );
        Assert.All(report.Rules, rule => Assert.True(rule.Samples.Length <= BackTestTally.MaxRuleSamples));

        bool IsBad(Transfer transfer) =>
            _desk.Dispositions.Known.TryGetValue(transfer.Id, out var what) && what != CaseDisposition.FalsePositive;
        bool IsGood(Transfer transfer) =>
            _desk.Dispositions.Known.TryGetValue(transfer.Id, out var what) && what == CaseDisposition.FalsePositive;
    }

    [Fact]
    public async Task Run_Twice_GivesTheSameReport()
    {
        var draft = await DraftAsync();
        _desk.Ledger.Transfers = RandomPast(300);
        var first = await RunAsync(draft, Start, Start.AddDays(20));
        _desk.Ledger.Transfers = [.. _desk.Ledger.Transfers.Reverse()];

        var second = await RunAsync(draft, Start, Start.AddDays(20));

        Assert.Equal(Text(first), Text(second));
    }

    [Fact]
    public async Task Run_HeldInThePeriodAndSettledAfterIt_IsCountedAndTheOtherWayRoundIsNot()
    {
        var draft = await DraftAsync();
        var facts = Past.Facts(new Random(1));
        _desk.Ledger.Transfers =
        [
            Past.Transfer(1, Start.AddDays(2), facts, ShippedRules.Version1) with { SettledAt = Start.AddDays(5) },
            Past.Transfer(2, Start.AddDays(-1), facts, ShippedRules.Version1) with { SettledAt = Start.AddDays(1) },
            Past.Transfer(3, Start.AddDays(4), facts, ShippedRules.Version1),
        ];

        Assert.Equal(1, (await RunAsync(draft, Start, Start.AddDays(3))).Transfers);
    }

    [Fact]
    public async Task Run_ToTheEnd_MovesTheDraftOnAndIsRecorded()
    {
        var draft = await DraftAsync();
        _desk.Ledger.Transfers = RandomPast(10);

        await RunAsync(draft, Start, Start.AddDays(20));

        var version = (await _desk.Store.FindAsync(draft.Number))!;
        Assert.Equal((RuleSetState.BackTested, "ana"), (version.State, version.Last(RuleSetAction.BackTest)!.ActorId));
        Assert.Contains("2026-02-01 to 2026-02-21", version.Last(RuleSetAction.BackTest)!.Comment);
        Assert.Contains(_desk.Audit.Records, record => record.Action == "rules.back-test");
    }

    [Fact]
    public async Task Run_EditedMeanwhile_KeepsTheReportOfTheOldEditionAndLeavesTheDraft()
    {
        var draft = await DraftAsync();
        _desk.Ledger.Transfers = RandomPast(10);
        _desk.Ledger.Before = async (i, ct) =>
        {
            if (i == 0)
            {
                Must(await _desk.Service.SaveAsync(_desk.Bea, draft, [.. draft.Set.Rules, Rule("beas", 1)], draft.Set.Thresholds, ct));
            }
        };

        var report = await RunAsync(draft, Start, Start.AddDays(20));

        var version = (await _desk.Store.FindAsync(draft.Number))!;
        Assert.Equal((draft.Edition, draft.Edition + 1, RuleSetState.Draft), (report.Edition, version.Edition, version.State));
    }

    [Fact]
    public async Task Cancel_WhileItRuns_EndsItAndKeepsNothing()
    {
        var draft = await DraftAsync();
        _desk.Ledger.Transfers = RandomPast(300);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _desk.Ledger.Before = async (i, ct) =>
        {
            if (i == 150)
            {
                reached.SetResult();
                await Task.Delay(Timeout.Infinite, ct);
            }
        };
        Must(await _tests.StartAsync(_desk.Ana, draft.Number, Start, Start.AddDays(20)));
        await reached.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((BackTestState.Running, true), (_tests.Current!.State, _tests.Current.Transfers > 0));
        Assert.InRange(_tests.Current.Share, 0.01, 0.99);
        Assert.IsType<BackTestRunningError>((await _tests.StartAsync(_desk.Bea, draft.Number, Start, Start.AddDays(2))).Error);
        Assert.IsType<NotAllowedError>(_tests.Cancel(_desk.Staff("carl", BankRoles.Customer), draft.Number).Error);
        Assert.IsType<NotFoundError>(_tests.Cancel(_desk.Bea, 99).Error);

        Assert.True(_tests.Cancel(_desk.Bea, draft.Number).IsSuccess);
        await _tests.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(BackTestState.Cancelled, _tests.Current.State);
        Assert.IsType<NotFoundError>((await _tests.FindReportAsync(_desk.Ana, draft.Number)).Error);
        Assert.Equal(RuleSetState.Draft, (await _desk.Store.FindAsync(draft.Number))!.State);
        _desk.Ledger.Before = null;
        Assert.True((await RunAsync(draft, Start, Start.AddDays(20))).Transfers > 0);
    }

    [Fact]
    public async Task Run_LedgerCannotBeRead_SaysSoAndKeepsNothing()
    {
        var draft = await DraftAsync();
        _desk.Ledger.Transfers = RandomPast(10);
        _desk.Ledger.Before = (_, _) => throw new LedgerUnavailableException();
        Must(await _tests.StartAsync(_desk.Ana, draft.Number, Start, Start.AddDays(20)));

        await _tests.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(BackTestState.Failed, _tests.Current!.State);
        Assert.IsType<NotFoundError>((await _tests.FindReportAsync(_desk.Ana, draft.Number)).Error);
    }

    [Fact]
    public async Task Start_WhatMakesNoSense_IsRefused()
    {
        var draft = await DraftAsync();
        var customer = _desk.Staff("carl", BankRoles.Customer);

        Assert.IsType<NotAllowedError>((await _tests.StartAsync(customer, draft.Number, Start, Start.AddDays(1))).Error);
        Assert.IsType<NotAllowedError>((await _tests.StartAsync(_desk.Adam, draft.Number, Start, Start.AddDays(1))).Error);
        Assert.IsType<NotAllowedError>((await _tests.FindReportAsync(customer, draft.Number)).Error);
        Assert.Equal("from", (await _tests.StartAsync(_desk.Ana, draft.Number, Start.AddDays(1), Start)).Error?.Field);
        Assert.Equal("from", (await _tests.StartAsync(_desk.Ana, draft.Number, Start.AddYears(9), Start.AddYears(10))).Error?.Field);
        Assert.Equal("from", (await _tests.StartAsync(_desk.Ana, draft.Number, Start.AddYears(-2), Start)).Error?.Field);
        Assert.IsType<NotFoundError>((await _tests.StartAsync(_desk.Ana, 77, Start, Start.AddDays(1))).Error);
        Assert.IsType<NotInThatStateError>((await _tests.StartAsync(_desk.Ana, 1, Start, Start.AddDays(1))).Error);
    }

    [Fact]
    public async Task Tally_AnyNumberOfTransfers_KeepsAFewSamples()
    {
        var draft = await DraftAsync();
        var tally = new BackTestTally(new CompiledRuleSet(ShippedRules.Version1), new CompiledRuleSet(draft.Set));
        var transfer = Past.Transfer(0, Start, RiskFacts.Of(Currency.Usd, (RiskFact.Amount, 8_000)), ShippedRules.Version1);
        for (var i = 0; i < 5_000; i++)
        {
            tally.Add(transfer with { Id = DerivedId.From("many", i.ToString(System.Globalization.CultureInfo.InvariantCulture)) }, null);
        }

        var report = tally.Report(1, Start, Start.AddDays(1), "ana", Start);
        Assert.Equal(5_000, report.Transfers);
        Assert.True(report.Stricter.Length + report.Milder.Length <= 2 * BackTestTally.MaxSamples);
        Assert.All(report.Rules, rule => Assert.True(rule.Samples.Length <= BackTestTally.MaxRuleSamples));
    }

    // Written apart from the engine on purpose: conditions walked as they stand.
    private static (RiskOutcome Outcome, HashSet<string> Fired) Naive(RuleSet set, RiskFacts facts)
    {
        var fired = set.Rules.Where(rule => rule.IsEnabled && Holds(rule.When)).ToList();
        var score = fired.Sum(rule => rule.Score);
        var outcome =
            score >= set.Thresholds.Block ? RiskOutcome.Block
            : score >= set.Thresholds.Hold ? RiskOutcome.Hold
            : score >= set.Thresholds.Alert ? RiskOutcome.Alert
            : RiskOutcome.Allow;
        var hard = fired.Select(rule => rule.Decides ?? RiskOutcome.Allow).Append(outcome).Max();
        return (hard, fired.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal));

        bool Holds(RiskCondition condition) => condition switch
        {
            RiskCondition.All all => all.Parts.All(Holds),
            RiskCondition.Any any => any.Parts.Any(Holds),
            RiskCondition.Compare { Is: RiskComparison.IsUnknown } unknown => !facts.IsKnown(RiskVocabulary.Find(unknown.Fact)!.Fact),
            RiskCondition.Compare compare when facts[RiskVocabulary.Find(compare.Fact)!.Fact] is { } known => compare.Is switch
            {
                RiskComparison.AtLeast => known >= compare.Value,
                RiskComparison.MoreThan => known > compare.Value,
                RiskComparison.AtMost => known <= compare.Value,
                RiskComparison.LessThan => known < compare.Value,
                RiskComparison.Is => known == compare.Value,
                _ => known != compare.Value,
            },
            _ => false,
        };
    }

    private static string Text(BackTestReport report) =>
        System.Text.Json.JsonSerializer.Serialize(report with { FinishedAt = default });

    // Of everything: decided, ordered by the bank (version 0), booked without an assessment, not assessable.
    private static List<Transfer> RandomPast(int count)
    {
        var random = new Random(20260302);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                var at = Start.AddMinutes(random.Next(21 * 24 * 60));
                var facts = Past.Facts(random);
                return (i % 25) switch
                {
                    3 => Past.Transfer(i, at, null),
                    4 => Past.Transfer(i, at, new RiskVerdict(RiskOutcome.Hold, 0, 1, [FraudScreening.NotAssessable], facts.Format())),
                    5 => Past.Transfer(i, at, new RiskVerdict(RiskOutcome.Allow, 0, 0, [], facts.Format())),
                    _ => Past.Transfer(i, at, facts, ShippedRules.Version1),
                };
            }),
        ];
    }

    // One rule more, one disabled, one with another score, other thresholds.
    private async Task<RuleSetVersion> DraftAsync()
    {
        var draft = await _desk.DraftAsync("extra", 9_000);
        return Must(
            await _desk.Service.SaveAsync(
                _desk.Ana,
                draft,
                [
                    .. draft.Set.Rules.Select(rule =>
                        rule.Id switch
                        {
                            "watch-list" => rule with { IsEnabled = false },
                            "fan-in" => rule with { Score = 5 },
                            _ => rule,
                        }
                    ),
                ],
                new RiskThresholds(50, 100, 180)
            )
        );
    }

    private async Task<BackTestReport> RunAsync(RuleSetVersion draft, DateTimeOffset from, DateTimeOffset before)
    {
        Must(await _tests.StartAsync(_desk.Ana, draft.Number, from, before));
        await _tests.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(BackTestState.Done, _tests.Current!.State);
        return Must(await _tests.FindReportAsync(_desk.Bea, draft.Number));
    }
}
