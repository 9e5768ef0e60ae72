namespace BankPortal.Tests.Fraud.Cases;

/// <summary>The rules of cases without a store: which state may follow which, and which cases an alert belongs to.</summary>
[UnitTest]
public sealed class CaseRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    private readonly CaseRules _rules = new(new CaseOptions());

    [Theory]
    [InlineData(BankRoles.Analyst, true, true)]
    [InlineData(BankRoles.Admin, true, true)]
    [InlineData(BankRoles.Compliance, false, true)]
    [InlineData(BankRoles.Manager, false, false)]
    [InlineData(BankRoles.Customer, false, false)]
    public void MayWork_EachRole_WorksItsKinds(string role, bool fraud, bool compliance)
    {
        var actor = new Actor("x", [role]);

        Assert.Equal((fraud, compliance), (CaseRules.MayWork(actor, CaseKind.Fraud), CaseRules.MayWork(actor, CaseKind.Compliance)));
        Assert.Equal(fraud, CaseRules.RolesFor(CaseKind.Fraud).Contains(role));
        Assert.Equal(compliance, CaseRules.RolesFor(CaseKind.Compliance).Contains(role));
    }

    [Fact]
    public void MayWork_TheBankItself_DoesNot() => Assert.Empty(CaseRules.KindsFor(Actor.System));

    [Theory]
    [InlineData(CaseKind.Fraud, 2)]
    [InlineData(CaseKind.Compliance, 30)]
    public void Open_EachKind_IsDueByItsPolicyAndOverdueOnlyAfter(CaseKind kind, int days)
    {
        var opened = New(kind);

        Assert.Equal((CaseState.New, 1L, Now.AddDays(days)), (opened.State, opened.Version, opened.DueAt));
        Assert.False(opened.IsOverdue(opened.DueAt));
        Assert.True(opened.IsOverdue(opened.DueAt.AddTicks(1)));
        Assert.False((opened with { State = CaseState.Closed }).IsOverdue(opened.DueAt.AddDays(1)));
    }

    [Fact]
    public void Assign_NewCase_IsInvestigatedAndStaysSoWhenPutBack()
    {
        var opened = New();

        var given = After(CaseRules.Assign(opened, "ana", "otto", Now));
        var back = After(CaseRules.Assign(given, "otto", null, Now));

        Assert.Equal((CaseState.Investigating, "otto", 2L, "ana"), (given.State, given.AssigneeId, given.Version, given.ChangedBy));
        Assert.Equal((CaseState.Investigating, null, 3L), (back.State, back.AssigneeId, back.Version));
        Assert.Equal(CaseState.Escalated, After(CaseRules.Assign(opened with { State = CaseState.Escalated }, "ana", "ana", Now)).State);
    }

    [Fact]
    public void Close_EachState_NeedsADispositionAndToBeOpen()
    {
        foreach (var state in new[] { CaseState.New, CaseState.Investigating, CaseState.Escalated })
        {
            var open = New() with { State = state };
            Assert.Equal("disposition", CaseRules.Close(open, "ana", null, "reason", Now).Error!.Field);
            Assert.Equal("disposition", CaseRules.Close(open, "ana", (CaseDisposition)9, "reason", Now).Error!.Field);
            var closed = After(CaseRules.Close(open, "ana", CaseDisposition.Suspicious, "reason", Now));
            Assert.Equal((CaseState.Closed, CaseDisposition.Suspicious, Now), (closed.State, closed.Disposition, closed.ClosedAt));
            Assert.IsType<CaseIsClosedError>(CaseRules.Close(closed, "ana", CaseDisposition.Suspicious, "reason", Now).Error);
            Assert.IsType<CaseIsClosedError>(CaseRules.Assign(closed, "ana", "ana", Now).Error);
            Assert.IsType<CaseIsClosedError>(_rules.Escalate(closed, null, false, "ana", "reason", Now).Error);
            Assert.IsType<CaseIsClosedError>(CaseRules.AddAlert(closed, Alert.Of(Sample()), "ana", null, Now).Error);
        }
    }

    [Fact]
    public void Reopen_OpenCase_IsRefused() => Assert.IsType<CaseIsOpenError>(_rules.Reopen(New(), "ana", "reason", Now).Error);

    [Fact]
    public void Escalate_ComplianceCase_OpensNoOther()
    {
        var commit = _rules.Escalate(New(CaseKind.Compliance), null, false, "cora", "decide", Now).Value;

        Assert.Equal(CaseState.Escalated, Assert.Single(commit.Cases).After.State);
        Assert.Empty(commit.Links);
    }

    [Fact]
    public void CasesOf_RulesThatFired_GiveTheirKindsOnce()
    {
        var transfer = Sample("pass-through", "card-testing", "structuring", "large-new-payee");

        Assert.Equal(
            [(CaseKind.Compliance, CaseSide.Payer, "alice"), (CaseKind.Fraud, CaseSide.Payer, "alice")],
            CaseRules.CasesOf(transfer, ShippedRules.Version1).OrderByDescending(one => one.Kind));
        Assert.Empty(CaseRules.CasesOf(Sample("large-new-payee"), ShippedRules.Version1));
        Assert.Empty(CaseRules.CasesOf(Sample(FraudScreening.NotAssessable), ShippedRules.Version1));
    }

    [Fact]
    public void CasesOf_RuleAboutWhatTheReceiverGets_IsTheReceiversCase()
    {
        Assert.Equal([(CaseKind.Fraud, CaseSide.Payee, "bob")], CaseRules.CasesOf(Sample("fan-in"), ShippedRules.Version1));

        // Between own accounts there is one customer, and cash has one side.
        Assert.Equal(
            [(CaseKind.Fraud, CaseSide.Payer, "alice")],
            CaseRules.CasesOf(Sample("fan-in") with { CreditOwnerId = "alice" }, ShippedRules.Version1)
        );
        Assert.Equal(
            [(CaseKind.Compliance, CaseSide.Payer, "bob")],
            CaseRules.CasesOf(Sample("structuring") with { DebitOwnerId = null }, ShippedRules.Version1)
        );
    }

    [Fact]
    public void Settled_MadeTwice_IsTheSameLine()
    {
        var settled = Sample("fan-out").Release(Now);

        Assert.Equal(CaseRules.Settled("case", settled), CaseRules.Settled("case", settled));
        Assert.NotEqual(CaseRules.Settled("case", settled).Id, CaseRules.Settled("other", settled).Id);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(" \r\n ", null)]
    [InlineData(" one \r\n\r\n two\u0007 ", "one\n\ntwo")]
    public void Note_AsTyped_IsCleanedLineByLine(string? typed, string? kept)
    {
        var note = CaseNote.Check(typed);

        Assert.Equal(kept, note.IsSuccess ? note.Value : null);
    }

    [Fact]
    public void Note_TooLong_IsRefused()
    {
        Assert.True(CaseNote.Check(new string('x', CaseNote.MaxLength)).IsSuccess);
        Assert.Equal("note", CaseNote.Check(new string('x', CaseNote.MaxLength + 1)).Error!.Field);
    }

    [Fact]
    public void Options_OutOfRange_AreAllNamed()
    {
        var errors = new OptionsErrors("Cases");
        new CaseOptionsValidator().Check(
            new CaseOptions
            {
                FraudDueAfter = TimeSpan.Zero,
                ComplianceDueAfter = TimeSpan.FromDays(1000),
                AlertSweepEvery = TimeSpan.Zero,
            },
            errors
        );

        Assert.Equal(3, errors.All.Count);
        var none = new OptionsErrors("Cases");
        new CaseOptionsValidator().Check(new CaseOptions(), none);
        Assert.Empty(none.All);
    }

    private static Transfer Sample(params string[] fired) => SampleTransfers.Make(1, Now, 10, RiskOutcome.Hold, fired);

    private static Case After(Result<CaseCommit> commit) => commit.Value.Cases[0].After;

    private Case New(CaseKind kind = CaseKind.Fraud) => _rules.Open(kind, "sam", "system", null, Now).Cases[0].After;
}
