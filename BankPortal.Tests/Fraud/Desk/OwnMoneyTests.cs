namespace BankPortal.Tests.Fraud.Desk;

/// <summary>
/// Nobody decides on their own money, with whatever action, and every action on other people's money or access needs a fresh second factor.
/// </summary>
[UnitTest]
public sealed class OwnMoneyTests
{
    private const string Why = "I say so";

    private readonly InMemoryBank _bank = new();
    private readonly InMemoryCases _cases = new();
    private readonly InMemoryRiskLists _riskLists = new();
    private readonly InMemoryCustomerAccess _access;
    private readonly CaseRules _caseRules = new(new CaseOptions());
    private readonly FakeStaffDirectory _staff = new();
    private readonly RiskListService _lists;
    private readonly SignInBlocks _blocks;
    private readonly CaseService _caseService;

    public OwnMoneyTests()
    {
        _access = new InMemoryCustomerAccess(_bank.Directory, _bank.Time);
        _lists = new RiskListService(
            _riskLists,
            _bank.Store,
            _bank.Store,
            _bank.Directory,
            _bank.Audit.NewTrail(_bank.Time),
            _bank.Conflicts,
            _bank.StepUp,
            _bank.Time);
        _blocks = new SignInBlocks(_access, _bank.Audit.NewTrail(_bank.Time), _bank.Conflicts, _bank.StepUp);
        _caseService = new CaseService(
            _cases,
            _bank.Store,
            _bank.Store,
            _bank.Directory,
            _staff,
            _bank.Audit.NewTrail(_bank.Time),
            _caseRules,
            new CaseFeed(NullLogger<CaseFeed>.Instance),
            _bank.Conflicts,
            _bank.Time,
            NullLogger<CaseService>.Instance);
        _bank.Customer("ann", "Ann Archer");
        _bank.Customer("ben", "Ben Baker");
        _staff.Add("ann", "Ann Archer", BankRoles.Analyst);
        _staff.Add("fay", "Fay Analyst", BankRoles.Analyst);
        _staff.Add("otto", "Otto Other", BankRoles.Analyst);
    }

    [Theory]
    [InlineData("ann", InvolvedAs.Party)]
    [InlineData("ben", InvolvedAs.Party)]
    [InlineData("max", InvolvedAs.Initiator)]
    public async Task Settle_ByAPartyOrTheInitiator_IsRefusedAndRecorded(string userId, InvolvedAs involvedAs)
    {
        var (held, posted) = await TransfersAsync();
        held = held with { InitiatorId = userId == "max" ? "max" : held.InitiatorId };
        posted = posted with { InitiatorId = held.InitiatorId };
        _bank.Store.Put(held);
        _bank.Store.Put(posted);

        await RefusesAsync(StaffActors.Fresh(userId, BankRoles.Admin), new ConflictOfInterestError(involvedAs, null), held, posted);
    }

    [Theory]
    [InlineData("ann", RelationKind.Household)]
    [InlineData("ben", RelationKind.Employer)]
    [InlineData("ann", RelationKind.OwnSignIn)]
    public async Task Settle_BySomebodyRelated_IsRefusedAndRecorded(string relatedTo, RelationKind kind)
    {
        var (held, posted) = await TransfersAsync();
        _bank.Related.Relate("fay", relatedTo, kind);

        await RefusesAsync(StaffActors.Fresh("fay", BankRoles.Analyst), new ConflictOfInterestError(InvolvedAs.Party, kind), held, posted);
    }

    [Fact]
    public async Task Settle_PastTheDesk_IsRefusedToAPartyByTheLedgerItself()
    {
        var (held, posted) = await TransfersAsync();
        var ann = StaffActors.Fresh("ann", BankRoles.Admin);

        Assert.IsType<ConflictOfInterestError>((await _bank.Ledger.ReleaseAsync(ann, held.Id, Why)).Error);
        Assert.IsType<ConflictOfInterestError>((await _bank.Ledger.RejectAsync(ann, held.Id, Why)).Error);
        Assert.IsType<ConflictOfInterestError>((await _bank.Ledger.ReverseAsync(ann, posted.Id, Why)).Error);
        await StaysAsync(held, posted);
    }

    [Fact]
    public async Task Settle_ByAColleague_IsDone()
    {
        var (held, posted) = await TransfersAsync();
        _bank.Related.Relate("fay", "zoe");
        var fay = StaffActors.Fresh("fay", BankRoles.Analyst);

        Assert.Null((await _bank.Desk.FindAsync(fay, held.Id)).Value.Conflict);
        Assert.True((await _bank.Desk.ReleaseAsync(fay, held.Id, Why)).IsSuccess);
        Assert.True((await _bank.Desk.ReverseAsync(fay, posted.Id, Why, false)).IsSuccess);
    }

    [Theory]
    [InlineData("ann", null)]
    [InlineData("fay", RelationKind.Household)]
    public async Task Freeze_OwnAccountOrThatOfSomebodyRelated_IsRefused(string userId, RelationKind? relation)
    {
        var account = await _bank.OpenAsync(Actor.Customer("ann"), 10);
        var actor = Relate(userId, relation);

        foreach (var result in new[]
        {
            await _bank.Accounts.FreezeAsync(actor, account.Id, Why), await _bank.Accounts.UnfreezeAsync(actor, account.Id, Why),
        })
        {
            Assert.Equal(new ConflictOfInterestError(InvolvedAs.Owner, relation), result.Error);
        }

        Assert.Equal(AccountStatus.Active, (await _bank.FindAsync(account)).Status);
        Assert.All(_bank.Audit.Records, record => Assert.Equal(AuditOutcome.Refused, record.Outcome));
        Assert.Equal(2, _bank.Audit.Records.Count);
    }

    [Theory]
    [InlineData("ann", null)]
    [InlineData("fay", RelationKind.Employer)]
    public async Task List_AboutOneselfOrSomebodyRelated_IsRefused(string userId, RelationKind? relation)
    {
        var account = await _bank.OpenAsync(Actor.Customer("ann"), 10);
        var otto = StaffActors.Fresh("otto", BankRoles.Analyst);
        var blocked = (await _lists.AddAsync(otto, account.Id, ListedKind.Account, RiskLists.Blocked, TimeSpan.FromDays(1), Why)).Value;
        var actor = Relate(userId, relation);
        var before = await _riskLists.FindManyAsync([account.Id, "ann"]);

        Error?[] refusals =
        [
            (await _lists.AddAsync(actor, account.Id, ListedKind.Account, RiskLists.Trusted, TimeSpan.FromDays(1), Why)).Error,
            (await _lists.AddAsync(actor, "ann", ListedKind.Customer, RiskLists.Watched, TimeSpan.FromDays(1), Why)).Error,
            (await _lists.AddByNumberAsync(
                actor, account.Number.Digits, ListedKind.Account, RiskLists.Trusted, TimeSpan.FromDays(1), Why)).Error,
            (await _lists.ExtendAsync(actor, blocked, TimeSpan.FromDays(2), Why)).Error,
            (await _lists.RemoveAsync(actor, blocked, Why)).Error,
        ];

        Assert.All(refusals, refusal => Assert.Equal(relation, Assert.IsType<ConflictOfInterestError>(refusal).Relation));
        Assert.Equal(before, await _riskLists.FindManyAsync([account.Id, "ann"]));
        Assert.NotNull(Assert.Single((await _lists.ListAsync(actor)).Value).Conflict);
        Assert.Null(Assert.Single((await _lists.ListAsync(otto)).Value).Conflict);
    }

    [Fact]
    public async Task Block_SomebodyRelated_IsRefused()
    {
        var fay = Relate("fay", RelationKind.Household);

        Assert.IsType<ConflictOfInterestError>((await _blocks.BlockAsync(fay, "ann", Why)).Error);
        Assert.IsType<ConflictOfInterestError>((await _blocks.UnblockAsync(fay, "ann", Why)).Error);
        Assert.Empty(_access.Blocked);
    }

    [Theory]
    [InlineData("ann", null)]
    [InlineData("ben", null)]
    [InlineData("fay", RelationKind.Household)]
    public async Task Case_ByTheCustomerAPartyOrSomebodyRelated_IsRefusedWithEveryCommand(string userId, RelationKind? relation)
    {
        var (held, _) = await TransfersAsync();
        var alert = await _cases.SaveAlertAsync(Alert.Of(held), isListed: false);
        var open = await CommitAsync(_caseRules.Open(CaseKind.Fraud, "ann", Actor.SystemUserId, null, _bank.Time.GetUtcNow(), alert: alert));
        var other = await CommitAsync(_caseRules.Open(CaseKind.Compliance, "carl", Actor.SystemUserId, null, _bank.Time.GetUtcNow()));
        var actor = Relate(userId, relation);

        Error?[] refusals =
        [
            (await _caseService.AssignAsync(actor, open.Id, 1, actor.UserId)).Error,
            (await _caseService.AddNoteAsync(actor, open.Id, "Nothing wrong here")).Error,
            (await _caseService.CloseAsync(actor, open.Id, 1, CaseDisposition.FalsePositive, Why)).Error,
            (await _caseService.EscalateAsync(actor, open.Id, 1, Why)).Error,
            (await _caseService.ReopenAsync(actor, open.Id, 1, Why)).Error,
            (await _caseService.LinkAsync(actor, open.Id, other.Id)).Error,
            (await _caseService.LinkAsync(actor, other.Id, open.Id)).Error,
            (await _caseService.OpenForTransferAsync(actor, CaseKind.Compliance, held.Id, CaseSide.Payer, Why)).Error,
        ];

        Assert.All(refusals, refusal => Assert.Equal(relation, Assert.IsType<ConflictOfInterestError>(refusal).Relation));
        Assert.Equal(open, await _cases.FindAsync(open.Id));
        Assert.Null(await _cases.FindOpenAsync(CaseKind.Compliance, "ann"));
        Assert.All(_bank.Audit.Records, record => Assert.Equal(AuditOutcome.Refused, record.Outcome));
    }

    [Fact]
    public async Task Case_AboutTheActor_IsNotOpenedByThem()
    {
        var account = await _bank.OpenAsync(Actor.Customer("ann"), 10);
        var ann = StaffActors.Fresh("ann", BankRoles.Analyst);

        Assert.IsType<ConflictOfInterestError>((await _caseService.OpenForCustomerAsync(ann, CaseKind.Fraud, "ann", Why)).Error);
        Assert.IsType<ConflictOfInterestError>((await _caseService.OpenForAccountAsync(ann, CaseKind.Fraud, account.Id, Why)).Error);
        Assert.Null(await _cases.FindOpenAsync(CaseKind.Fraud, "ann"));
    }

    [Fact]
    public async Task Assign_ToAColleagueWhoIsInvolved_IsRefusedAtTheField()
    {
        var open = await CommitAsync(_caseRules.Open(CaseKind.Fraud, "ann", Actor.SystemUserId, null, _bank.Time.GetUtcNow()));
        _bank.Related.Relate("fay", "ann");
        var otto = StaffActors.Fresh("otto", BankRoles.Analyst);

        foreach (var involved in new[] { "ann", "fay" })
        {
            Assert.Equal("assignee", (await _caseService.AssignAsync(otto, open.Id, 1, involved)).Error!.Field);
        }

        Assert.True((await _caseService.AssignAsync(otto, open.Id, 1, "otto")).IsSuccess);
    }

    [Fact]
    public async Task Approve_RulesMadeBySomebodyRelated_IsRefusedAndRecorded()
    {
        var desk = new RuleDesk();
        var shadow = await desk.InShadowAsync();
        desk.Related.Relate("bea", "ana", RelationKind.Household);

        var result = await desk.Service.ApproveAsync(desk.Bea, shadow, "fine");

        Assert.Equal(new ConflictOfInterestError(InvolvedAs.Maker, RelationKind.Household), result.Error);
        var record = Assert.Single(desk.Audit.Records, record => record.Action == "rules.approve");
        Assert.Equal(("bea", AuditOutcome.Refused, "fine"), (record.ActorId, record.Outcome, record.Reason));
        Assert.Equal(AuditSubject.RuleSet("2"), record.Subject);
        Assert.Equal(result.Error, await desk.Service.FindApprovalRefusalAsync(desk.Bea, shadow));
        Assert.IsType<SecondPersonNeededError>(await desk.Service.FindApprovalRefusalAsync(desk.Ana, shadow));
        Assert.Null(await desk.Service.FindApprovalRefusalAsync(desk.Adam, shadow));
        Assert.Equal(RuleSetState.Shadow, (await desk.Store.FindAsync(shadow.Number))!.State);
        Assert.True((await desk.Service.ApproveAsync(desk.Adam, shadow, "fine")).IsSuccess);
    }

    [Fact]
    public async Task EveryAction_WithAStaleSecondFactor_IsRefusedAndNotRecorded()
    {
        var (held, posted) = await TransfersAsync();
        var account = await _bank.OpenAsync(Actor.Customer("ann"), 10);
        var frozen = await _bank.ChangeAsync(
            await _bank.OpenAsync(Actor.Customer("ben"), 10), row => row with { Status = AccountStatus.Frozen });
        var entry = new ListEntry(
            "ben", ListedKind.Customer, RiskLists.Watched, _bank.Time.GetUtcNow().AddDays(1), Why, "otto", _bank.Time.GetUtcNow());
        Assert.True(await _riskLists.TryPutAsync(entry, null));
        var stale = new Actor("fay", [BankRoles.Admin], SecondFactorAt: _bank.Time.GetUtcNow() - _bank.StepUp.FreshFor);

        Error?[] refusals =
        [
            (await _bank.Desk.ReleaseAsync(stale, held.Id, Why)).Error,
            (await _bank.Desk.RejectAsync(stale, held.Id, Why)).Error,
            (await _bank.Desk.ReverseAsync(stale, posted.Id, Why, false)).Error,
            (await _bank.Accounts.FreezeAsync(stale, account.Id, Why)).Error,
            (await _bank.Accounts.UnfreezeAsync(stale, frozen.Id, Why)).Error,
            (await _blocks.BlockAsync(stale, "ann", Why)).Error,
            (await _blocks.UnblockAsync(stale, "ann", Why)).Error,
            (await _lists.AddAsync(stale, "ann", ListedKind.Customer, RiskLists.Watched, TimeSpan.FromDays(1), Why)).Error,
            (await _lists.ExtendAsync(stale, entry, TimeSpan.FromDays(3), Why)).Error,
            (await _lists.RemoveAsync(stale, entry, Why)).Error,
        ];

        Assert.All(refusals, refusal => Assert.IsType<SecondFactorStaleError>(refusal));
        Assert.Empty(_bank.Audit.Records);
        Assert.Empty(_access.Blocked);
        Assert.Equal([entry], await _riskLists.FindAsync("ben"));
        await StaysAsync(held, posted);
    }

    [Fact]
    public async Task Actions_WithinTheWindowOfOneProof_AreDoneWithoutAnother()
    {
        var (held, posted) = await TransfersAsync();
        var account = await _bank.OpenAsync(Actor.Customer("ann"), 10);
        var fay = new Actor("fay", [BankRoles.Admin], SecondFactorAt: _bank.Time.GetUtcNow());

        Assert.True((await _bank.Desk.ReleaseAsync(fay, held.Id, Why)).IsSuccess);
        _bank.Time.Advance(_bank.StepUp.FreshFor - TimeSpan.FromSeconds(1));
        Assert.True((await _bank.Desk.ReverseAsync(fay, posted.Id, Why, false)).IsSuccess);
        Assert.True((await _bank.Accounts.FreezeAsync(fay, account.Id, Why)).IsSuccess);
        _bank.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<SecondFactorStaleError>((await _bank.Accounts.UnfreezeAsync(fay, account.Id, Why)).Error);
    }

    [Fact]
    public async Task StaffWhoAreCustomersToo_HaveNoCustomersRights()
    {
        var mine = await _bank.OpenAsync(Actor.Customer("ann"), 100);
        var ann = new Actor("ann", BankRoles.Effective([BankRoles.Customer, BankRoles.Admin]), SecondFactorAt: _bank.Time.GetUtcNow());

        Assert.IsType<NotAllowedError>((await _bank.Accounts.OpenAsync(ann, new OpenAccount("k", AccountType.Savings))).Error);
        Assert.IsType<NotFoundError>((await _bank.Accounts.RenameAsync(ann, mine.Id, "Mine")).Error);
        Assert.IsType<NotFoundError>((await _bank.Accounts.CloseAsync(ann, mine.Id)).Error);
        Assert.False((await _bank.Transfers.WithdrawAsync(ann, "w", mine.Id, Money.Of(5, Currency.Usd), null)).IsSuccess);
        Assert.Equal(mine, await _bank.FindAsync(mine));
    }

    private async Task<(Transfer Held, Transfer Posted)> TransfersAsync()
    {
        var (from, to) = (await _bank.OpenAsync(Actor.Customer("ann"), 500), await _bank.OpenAsync(Actor.Customer("ben"), 0));
        return (
            (await _bank.Ledger.ExecuteAsync(Orders.Transfer(from, to, 100) with { Hold = true })).Value,
            (await _bank.Ledger.ExecuteAsync(Orders.Transfer(from, to, 50))).Value);
    }

    // The actor, who is related to Ann if there is a relation.
    private Actor Relate(string userId, RelationKind? relation)
    {
        if (relation is { } kind)
        {
            _bank.Related.Relate(userId, "ann", kind);
        }

        return StaffActors.Fresh(userId, BankRoles.Analyst);
    }

    private async Task<Case> CommitAsync(CaseCommit commit)
    {
        Assert.True(await _cases.CommitAsync(commit));
        return commit.Cases[0].After;
    }

    private async Task RefusesAsync(Actor actor, ConflictOfInterestError expected, Transfer held, Transfer posted)
    {
        Assert.Equal(expected, (await _bank.Desk.FindAsync(actor, held.Id)).Value.Conflict);
        Assert.Equal(expected, (await _bank.Desk.ReleaseAsync(actor, held.Id, Why)).Error);
        Assert.Equal(expected, (await _bank.Desk.RejectAsync(actor, held.Id, Why)).Error);
        Assert.Equal(expected, (await _bank.Desk.ReverseAsync(actor, posted.Id, Why, false)).Error);
        await StaysAsync(held, posted);
        Assert.Equal(3, _bank.Audit.Records.Count);
        Assert.All(_bank.Audit.Records, record => Assert.Equal(AuditOutcome.Refused, record.Outcome));
    }

    private async Task StaysAsync(Transfer held, Transfer posted)
    {
        Assert.Equal(TransferStatus.Held, (await _bank.Store.FindTransferAsync(held.Id))!.Status);
        Assert.Null((await _bank.Store.FindTransferAsync(posted.Id))!.ReversedById);
    }
}
