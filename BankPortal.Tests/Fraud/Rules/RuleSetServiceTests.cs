using static BankPortal.Tests.Fakes.RuleDesk;

namespace BankPortal.Tests.Fraud.Rules;

/// <summary>The life of rule sets: who may take which step when, and that nobody overwrites anybody.</summary>
[UnitTest]
public sealed class RuleSetServiceTests
{
    private readonly RuleDesk _desk = new();

    [Fact]
    public async Task Life_FromDraftToLive_EachStepIsKeptAndRecorded()
    {
        var approved = await _desk.ApprovedAsync();
        var live = Must(await _desk.Service.MakeLiveAsync(_desk.Ana, approved, "from Monday on"));

        Assert.Equal(RuleSetState.Live, live.State);
        Assert.Equal(
            [
                RuleSetAction.Draft,
                RuleSetAction.Edit,
                RuleSetAction.BackTest,
                RuleSetAction.Shadow,
                RuleSetAction.Approve,
                RuleSetAction.GoLive,
            ],
            live.Steps.Select(step => step.Action)
        );
        Assert.Equal(("bea", "agreed"), (live.Last(RuleSetAction.Approve)!.ActorId, live.Last(RuleSetAction.Approve)!.Comment));
        Assert.Equal(new RuleSetPointers(2, null, 3), await _desk.Store.ReadPointersAsync());
        Assert.Equal(RuleSetState.Retired, (await _desk.Store.FindAsync(1))!.State);
        Assert.Equal(
            ["rules.draft", "rules.edit", "rules.back-test", "rules.shadow", "rules.approve", "rules.live"],
            _desk.Audit.Records.Select(record => record.Action));
        Assert.All(_desk.Audit.Records, record => Assert.Equal("2", record.Subject.Id));
    }

    [Fact]
    public async Task Approve_ByWhoeverWorkedOnIt_IsRefusedAndRecorded()
    {
        var draft = await _desk.DraftAsync();
        draft = Must(await _desk.Service.SaveAsync(_desk.Bea, draft, [.. draft.Set.Rules, Rule("beas", 8_000)], draft.Set.Thresholds));
        await _desk.Service.NoteBackTestAsync(_desk.Ana, draft.Number, draft.Edition, "x");
        var shadow = Must(await _desk.Service.ShadowAsync(_desk.Ana, (await _desk.Store.FindAsync(2))!, "try"));

        Assert.IsType<SecondPersonNeededError>((await _desk.Service.ApproveAsync(_desk.Ana, shadow, "mine")).Error);
        Assert.IsType<SecondPersonNeededError>((await _desk.Service.ApproveAsync(_desk.Bea, shadow, "half mine")).Error);
        Assert.True((await _desk.Service.ApproveAsync(_desk.Adam, shadow, "looked through it")).IsSuccess);
        Assert.Equal(
            [("ana", AuditOutcome.Refused, "mine"), ("bea", AuditOutcome.Refused, "half mine"), ("adam", AuditOutcome.Done, "looked through it")],
            _desk.Audit.Records.Where(record => record.Action == "rules.approve")
                .Select(record => (record.ActorId, record.Outcome, record.Reason ?? ""))
                .OrderBy(record => record.Outcome == AuditOutcome.Done)
                .ThenBy(record => record.ActorId));
    }

    [Fact]
    public async Task ApproveAndMakeLive_SecondFactorNotFresh_AreRefused()
    {
        var shadow = await _desk.InShadowAsync();
        _desk.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.IsType<SecondFactorStaleError>((await _desk.Service.ApproveAsync(_desk.Bea, shadow, "yes")).Error);
        var approved = Must(await _desk.Service.ApproveAsync(_desk.Staff("bea", BankRoles.Analyst), shadow, "yes"));
        Assert.IsType<SecondFactorStaleError>((await _desk.Service.MakeLiveAsync(_desk.Ana, approved, "yes")).Error);
    }

    [Fact]
    public async Task Steps_OutOfOrder_AreRefused()
    {
        var draft = await _desk.DraftAsync();
        Assert.IsType<NotInThatStateError>((await _desk.Service.ShadowAsync(_desk.Ana, draft, "too soon")).Error);
        Assert.IsType<NotInThatStateError>((await _desk.Service.ApproveAsync(_desk.Bea, draft, "too soon")).Error);
        Assert.IsType<NotInThatStateError>((await _desk.Service.MakeLiveAsync(_desk.Bea, draft, "too soon")).Error);

        await _desk.Service.NoteBackTestAsync(_desk.Ana, 2, draft.Edition, "x");
        var tested = (await _desk.Store.FindAsync(2))!;
        Assert.IsType<NotInThatStateError>((await _desk.Service.ApproveAsync(_desk.Bea, tested, "too soon")).Error);

        var shadow = Must(await _desk.Service.ShadowAsync(_desk.Ana, tested, "now"));
        Assert.IsType<NotInThatStateError>((await _desk.Service.MakeLiveAsync(_desk.Bea, shadow, "too soon")).Error);
        Assert.IsType<NotInThatStateError>(
            (await _desk.Service.SaveAsync(_desk.Ana, shadow, shadow.Set.Rules, new RiskThresholds(1, 2, 3))).Error
        );

        var live = (await _desk.Store.FindAsync(1))!;
        Assert.IsType<NotInThatStateError>((await _desk.Service.RejectAsync(_desk.Bea, live, "no")).Error);
        Assert.IsType<NotInThatStateError>((await _desk.Service.SaveAsync(_desk.Ana, live, live.Set.Rules, live.Set.Thresholds)).Error);
    }

    [Fact]
    public async Task Save_AfterABackTest_MakesItADraftAgain()
    {
        var tested = await _desk.BackTestedAsync();

        var edited = Must(
            await _desk.Service.SaveAsync(_desk.Ana, tested, [.. tested.Set.Rules, Rule("more", 6_000)], tested.Set.Thresholds)
        );

        Assert.Equal((RuleSetState.Draft, tested.Edition + 1), (edited.State, edited.Edition));
        Assert.IsType<NotInThatStateError>((await _desk.Service.ShadowAsync(_desk.Ana, edited, "untested")).Error);
    }

    [Fact]
    public async Task NoteBackTest_OfAnEditionThatWasEditedMeanwhile_DoesNotMoveTheDraft()
    {
        var draft = await _desk.DraftAsync();
        Must(await _desk.Service.SaveAsync(_desk.Ana, draft, [.. draft.Set.Rules, Rule("more", 6_000)], draft.Set.Thresholds));

        await _desk.Service.NoteBackTestAsync(_desk.Ana, 2, draft.Edition, "old");

        Assert.Equal(RuleSetState.Draft, (await _desk.Store.FindAsync(2))!.State);
    }

    [Fact]
    public async Task Save_ByTwoWhoReadTheSame_SecondIsRefusedAndOverwritesNothing()
    {
        var seen = await _desk.DraftAsync();
        var first = Must(await _desk.Service.SaveAsync(_desk.Bea, seen, [.. seen.Set.Rules, Rule("beas", 5_000)], seen.Set.Thresholds));

        var second = await _desk.Service.SaveAsync(_desk.Ana, seen, [.. seen.Set.Rules, Rule("anas", 4_000)], seen.Set.Thresholds);

        Assert.Equal("bea", Assert.IsType<ChangedMeanwhileError>(second.Error).ById);
        Assert.Equal(first.Set.Rules.AsEnumerable(), (await _desk.Store.FindAsync(2))!.Set.Rules);
    }

    [Fact]
    public async Task Save_ChangedBetweenReadingAndWriting_IsRefused()
    {
        var seen = await _desk.DraftAsync();
        _desk.Memory.BeforeWrite = () =>
            _ = _desk.Service.SaveAsync(_desk.Bea, seen, [.. seen.Set.Rules, Rule("beas", 5_000)], seen.Set.Thresholds);

        var result = await _desk.Service.SaveAsync(_desk.Ana, seen, [.. seen.Set.Rules, Rule("anas", 4_000)], seen.Set.Thresholds);

        Assert.IsType<ChangedMeanwhileError>(result.Error);
        Assert.Contains((await _desk.Store.FindAsync(2))!.Set.Rules, rule => rule.Id == "beas");
    }

    [Fact]
    public async Task Save_RulesWithErrors_ReportsThemAndWritesNothing()
    {
        var seen = await _desk.DraftAsync();

        var result = await _desk.Service.SaveAsync(
            _desk.Ana,
            seen,
            [.. seen.Set.Rules, Rule("extra", 1) with { Reason = "{nonsense}" }],
            new RiskThresholds(5, 4, 3)
        );

        Assert.Equal(["thresholds", "id", "reason"], Assert.IsType<RulesInvalidError>(result.Error).Errors.Select(error => error.Field));
        Assert.Equal(seen.Revision, (await _desk.Store.FindAsync(2))!.Revision);
    }

    [Fact]
    public async Task Approve_TwoAtOnce_OneSucceedsAndTheOtherLearnsTheState()
    {
        var shadow = await _desk.InShadowAsync();

        var results = await Task.WhenAll(
            _desk.Service.ApproveAsync(_desk.Bea, shadow, "yes"),
            _desk.Service.ApproveAsync(_desk.Adam, shadow, "yes")
        );

        Assert.Single(results, result => result.IsSuccess);
        Assert.Single((await _desk.Store.FindAsync(2))!.Steps, step => step.Action == RuleSetAction.Approve);
    }

    [Fact]
    public async Task Approve_WhatChangedSinceItWasRead_IsRefused()
    {
        var shadow = await _desk.InShadowAsync();

        Assert.IsType<ChangedMeanwhileError>(
            (await _desk.Service.ApproveAsync(_desk.Bea, shadow with { Revision = shadow.Revision - 1 }, "yes")).Error
        );
    }

    [Fact]
    public async Task Shadow_WhileAnotherIs_IsRefusedUntilThatIsGivenUp()
    {
        var first = await _desk.InShadowAsync();
        var second = await _desk.BackTestedAsync("other");

        Assert.Equal(
            first.Number,
            Assert.IsType<ShadowTakenError>((await _desk.Service.ShadowAsync(_desk.Ana, second, "me too")).Error).Number
        );
        Assert.Equal(RuleSetState.Rejected, Must(await _desk.Service.RejectAsync(_desk.Bea, first, "too many alerts")).State);
        Assert.Null((await _desk.Store.ReadPointersAsync())!.Shadow);
        Assert.True((await _desk.Service.ShadowAsync(_desk.Ana, second, "now")).IsSuccess);
    }

    [Fact]
    public async Task Shadow_SameRulesAsLive_IsRefused()
    {
        await _desk.Refresh.StartAsync();
        var draft = Must(await _desk.Service.DraftAsync(_desk.Ana, 1, "nothing yet"));
        await _desk.Service.NoteBackTestAsync(_desk.Ana, 2, 1, "x");

        Assert.IsType<NothingChangedError>((await _desk.Service.ShadowAsync(_desk.Ana, draft with { Revision = 2 }, "try")).Error);
    }

    [Fact]
    public async Task MakeLive_VersionThatWasLiveBefore_PutsItBack()
    {
        Must(await _desk.Service.MakeLiveAsync(_desk.Bea, await _desk.ApprovedAsync(), "go"));

        Must(await _desk.Service.MakeLiveAsync(_desk.Bea, (await _desk.Store.FindAsync(1))!, "the new one blocks salaries"));

        Assert.Equal(1, (await _desk.Store.ReadPointersAsync())!.Live);
        Assert.Equal(
            (RuleSetState.Live, RuleSetState.Retired),
            ((await _desk.Store.FindAsync(1))!.State, (await _desk.Store.FindAsync(2))!.State)
        );
    }

    [Fact]
    public async Task MakeLive_TwoVersionsAtOnce_OneIsLiveAndTheRowsAgree()
    {
        Must(await _desk.Service.MakeLiveAsync(_desk.Bea, await _desk.ApprovedAsync(), "go"));
        var next = await _desk.ApprovedAsync("next");
        var first = (await _desk.Store.FindAsync(1))!;

        await Task.WhenAll(_desk.Service.MakeLiveAsync(_desk.Bea, first, "back"), _desk.Service.MakeLiveAsync(_desk.Ana, next, "on"));

        var live = (await _desk.Store.ListAsync(null, 10)).Where(version => version.State == RuleSetState.Live);
        Assert.Equal((await _desk.Store.ReadPointersAsync())!.Live, Assert.Single(live).Number);
    }

    [Fact]
    public async Task Draft_TwoAtOnce_GetDifferentNumbers()
    {
        await _desk.Refresh.StartAsync();
        _desk.Memory.BeforeWrite = () => _ = _desk.Service.DraftAsync(_desk.Bea, 1, "faster");

        var mine = Must(await _desk.Service.DraftAsync(_desk.Ana, 1, "mine"));

        Assert.Equal(3, mine.Number);
        Assert.Equal("faster", (await _desk.Store.FindAsync(2))!.Purpose);
    }

    [Theory]
    [InlineData(BankRoles.Customer)]
    [InlineData(BankRoles.Manager)]
    public async Task EveryCommand_ByThoseWhoHaveNoBusinessHere_IsRefused(string role)
    {
        var shadow = await _desk.InShadowAsync();
        var actor = _desk.Staff("eve", role);

        Assert.All(
            new[]
            {
                (await _desk.Service.ListAsync(actor)).Error,
                (await _desk.Service.FindAsync(actor, 1)).Error,
                (await _desk.Service.FindLiveAsync(actor)).Error,
                (await _desk.Service.DraftAsync(actor, 1, "x")).Error,
                (await _desk.Service.SaveAsync(actor, shadow, shadow.Set.Rules, shadow.Set.Thresholds)).Error,
                (await _desk.Service.ShadowAsync(actor, shadow, "x")).Error,
                (await _desk.Service.ApproveAsync(actor, shadow, "x")).Error,
                (await _desk.Service.MakeLiveAsync(actor, shadow, "x")).Error,
                (await _desk.Service.RejectAsync(actor, shadow, "x")).Error,
            },
            error => Assert.IsType<NotAllowedError>(error));
        Assert.DoesNotContain(_desk.Audit.Records, record => record.ActorId == "eve");
    }

    [Fact]
    public async Task Writing_ByAdministratorAndReading_ByCompliance_AreTheirLimits()
    {
        var draft = await _desk.DraftAsync();
        var officer = _desk.Staff("cora", BankRoles.Compliance);

        Assert.IsType<NotAllowedError>((await _desk.Service.DraftAsync(_desk.Adam, 1, "x")).Error);
        Assert.IsType<NotAllowedError>((await _desk.Service.SaveAsync(_desk.Adam, draft, draft.Set.Rules, draft.Set.Thresholds)).Error);
        Assert.True((await _desk.Service.FindAsync(officer, 2)).IsSuccess);
        Assert.IsType<NotAllowedError>((await _desk.Service.RejectAsync(officer, draft, "x")).Error);
    }

    [Fact]
    public async Task Steps_WithoutAReason_AreRefusedAtTheField()
    {
        var shadow = await _desk.InShadowAsync();

        Assert.Equal("reason", (await _desk.Service.ApproveAsync(_desk.Bea, shadow, " ")).Error?.Field);
        Assert.Equal("reason", (await _desk.Service.DraftAsync(_desk.Ana, 1, null)).Error?.Field);
    }

    [Fact]
    public async Task Approve_AuditTrailCannotBeWritten_IsDoneAllTheSameWithItsStepKept()
    {
        var shadow = await _desk.InShadowAsync();
        _desk.Audit.IsDown = true;

        Assert.True((await _desk.Service.ApproveAsync(_desk.Bea, shadow, "yes")).IsSuccess);
        Assert.Equal("bea", (await _desk.Store.FindAsync(2))!.Last(RuleSetAction.Approve)!.ActorId);
    }

    [Fact]
    public async Task Save_ManyTimes_KeepsTheStepsFew()
    {
        var draft = await _desk.DraftAsync();
        for (var i = 0; i < RuleSetVersion.MaxSteps + 20; i++)
        {
            var by = i % 2 == 0 ? _desk.Ana : _desk.Bea;
            draft = Must(await _desk.Service.SaveAsync(by, draft, [.. draft.Set.Rules[..^1], Rule("extra", i + 1)], draft.Set.Thresholds));
        }

        Assert.Equal(RuleSetVersion.MaxSteps, draft.Steps.Length);
        Assert.Equal("catch more", draft.Purpose);
        Assert.Equal(["ana", "bea"], draft.Editors);
    }
}
