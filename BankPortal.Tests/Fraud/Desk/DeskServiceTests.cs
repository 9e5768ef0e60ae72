namespace BankPortal.Tests.Fraud.Desk;

/// <summary>The services of the fraud desk: permissions, audit records, and decisions by two analysts at once.</summary>
[EngineTest]
public sealed class DeskServiceTests
{
    private static readonly Actor Ana = StaffActors.Fresh("ana", BankRoles.Analyst);
    private static readonly Actor Bea = StaffActors.Fresh("bea", BankRoles.Admin);

    [Theory, EveryEngine]
    public async Task ReleaseAndReject_AtOnce_OneDecidesAndTheOtherLearnsWho(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        world.Directory.Names["ana"] = "Ana Analyst";
        world.Directory.Names["bea"] = "Bea Admin";
        var (alice, bob) = (await world.OpenAsync("alice", 1000), await world.OpenAsync("bob"));
        TransactionDesk NewDesk() => new(
            world.Store,
            world.AccountStore,
            world.Directory,
            world.NewService(),
            world.Audit.NewTrail(),
            world.Conflicts,
            world.StepUp);
        for (var round = 0; round < 5; round++)
        {
            var held = await world.MustAsync(world.Order(alice, bob, 10 + round) with { Hold = true });

            var results = await Task.WhenAll(
                Task.Run(() => NewDesk().ReleaseAsync(Ana, held.Id, "It is fine")),
                Task.Run(() => NewDesk().RejectAsync(Bea, held.Id, "It is not")));

            var winner = Assert.Single(results, result => result.IsSuccess).Value;
            var told = Assert.IsType<DecidedAlreadyError>(Assert.Single(results, result => !result.IsSuccess).Error);
            Assert.Equal(
                winner.Status == TransferStatus.Posted ? (true, "Ana Analyst") : (false, "Bea Admin"),
                (told.WasReleased, told.By));
            var records = world.Audit.Records.Where(record => record.Subject == AuditSubject.Transfer(held.Id)).ToList();
            Assert.Equal(2, records.Count);
            Assert.Equal(winner.SettledBy, Assert.Single(records, record => record.Outcome == AuditOutcome.Done).ActorId);
            Assert.Single(records, record => record.Outcome == AuditOutcome.Refused);
        }

        await world.AssertCleanAsync();
    }

    [Fact]
    public async Task Queue_HeldByRules_GivesTheReasonsAndTheExpiry()
    {
        var bank = new InMemoryBank();
        var queue = QueueOf(bank);
        var (ann, ben) = (bank.Customer("ann", "Ann Archer"), bank.Customer("ben", "Ben Baker"));
        var (from, to) = (await bank.OpenAsync(ann, 5000), await bank.OpenAsync(ben));
        var facts = RiskFacts.Of(from.Currency, (RiskFact.Amount, 4000), (RiskFact.BalanceShare, 0.8m));
        var risk = new RiskVerdict(
            RiskOutcome.Hold,
            85,
            1,
            ["large-new-payee", FraudScreening.NotAssessable, "gone-by-now"],
            facts.Format()
        );
        var first = await HoldAsync(bank, from, to, 100, risk);
        bank.Time.Advance(TimeSpan.FromHours(1));
        var second = await HoldAsync(bank, from, to, 200);

        var page = (await queue.ListAsync(Ana, 25, CultureInfo.GetCultureInfo("en-US"))).Value;

        Assert.Equal([first.Id, second.Id], page.Lines.Select(line => line.Transfer.Id));
        var line = page.Lines[0];
        Assert.Equal(
            [
                "$4,000.00 to a payee the customer had not paid until the last 24 hours.",
                "It could not be assessed in time, so it is held to be safe.",
                "gone by now.",
            ],
            line.Why
        );
        Assert.Equal(("Ann Archer", "Ben Baker", from.Id, to.Id), (line.DebitName, line.CreditName, line.Debit!.Id, line.Credit!.Id));
        Assert.Equal(first.CreatedAt + bank.LedgerOptions.HoldsExpireAfter, line.ExpiresAt);
        Assert.Empty(page.Lines[1].Why);
        Assert.False(page.HasMore);
        Assert.True((await queue.ListAsync(Ana, 1, CultureInfo.InvariantCulture)).Value.HasMore);
    }

    [Fact]
    public async Task Freeze_IsRecordedOnceAndKeepsTheReason()
    {
        var bank = new InMemoryBank();
        var account = await bank.OpenAsync(bank.Customer("ann", "Ann Archer"), 10);

        Assert.True((await bank.Accounts.FreezeAsync(Ana, account.Id, "Card stolen")).IsSuccess);
        Assert.True((await bank.Accounts.FreezeAsync(Bea, account.Id, "Again")).IsSuccess);
        Assert.Equal(AccountStatus.Frozen, (await bank.FindAsync(account)).Status);
        Assert.Equal("reason", (await bank.Accounts.UnfreezeAsync(Ana, account.Id, " ")).Error!.Field);
        Assert.True((await bank.Accounts.UnfreezeAsync(Ana, account.Id, "Card replaced")).IsSuccess);
        Assert.IsType<NotFoundError>((await bank.Accounts.FreezeAsync(Ana, "nothing", "Because")).Error);

        Assert.Equal(
            [("account.freeze", "Card stolen"), ("account.unfreeze", "Card replaced")],
            bank.Audit.Records.Select(record => (record.Action, record.Reason)));
    }

    [Theory]
    [InlineData(BankRoles.Customer), InlineData(BankRoles.Manager), InlineData(BankRoles.Compliance)]
    public async Task EveryCommandAndView_ByOthers_IsRefused(string role)
    {
        var bank = new InMemoryBank();
        var ann = bank.Customer("ann", "Ann Archer");
        var (from, to) = (await bank.OpenAsync(ann, 500), await bank.OpenAsync(bank.Customer("ben", "Ben Baker")));
        var held = await HoldAsync(bank, from, to, 100);
        var access = new InMemoryCustomerAccess(bank.Directory, bank.Time);
        var blocks = new SignInBlocks(access, bank.Audit.NewTrail(), bank.Conflicts, bank.StepUp);
        var files = new FraudFiles(
            bank.Store,
            bank.Store,
            bank.Directory,
            access,
            new InMemoryRiskLists(),
            new NoCases(),
            bank.Audit.NewTrail(),
            bank.Conflicts,
            bank.Time
        );
        var other = new Actor("ann", [role]);

        Error?[] refusals =
        [
            (await QueueOf(bank).ListAsync(other, 25, CultureInfo.InvariantCulture)).Error,
            (await bank.Desk.ReleaseAsync(other, held.Id, "Mine")).Error,
            (await bank.Desk.RejectAsync(other, held.Id, "Mine")).Error,
            (await bank.Desk.ReverseAsync(other, held.Id, "Mine", false)).Error,
            (await bank.Accounts.FreezeAsync(other, to.Id, "Mine")).Error,
            (await bank.Accounts.UnfreezeAsync(other, to.Id, "Mine")).Error,
            (await blocks.BlockAsync(other, "ben", "Mine")).Error,
            (await blocks.UnblockAsync(other, "ben", "Mine")).Error,
            (await files.AccountAsync(other, from.Id)).Error,
            (await files.CustomerAsync(other, "ann")).Error,
            (await files.FindIdAsync(other, from.Number.Digits)).Error,
            (await new LinkGraphService(bank.Store, bank.Store, bank.Directory).BuildAsync(other, "ann")).Error,
        ];

        Assert.All(refusals, refusal => Assert.IsType<NotAllowedError>(refusal));
        Assert.Empty(bank.Audit.Records);
        Assert.Empty(access.Blocked);
        Assert.Equal(TransferStatus.Held, (await bank.Store.FindTransferAsync(held.Id))!.Status);
    }

    [Fact]
    public async Task Block_Colleague_IsTheAdministratorsBusiness()
    {
        var bank = new InMemoryBank();
        bank.Customer("carl", "Carl Colleague");
        var access = new InMemoryCustomerAccess(bank.Directory, bank.Time);
        access.Staff.Add("carl");
        var blocks = new SignInBlocks(access, bank.Audit.NewTrail(), bank.Conflicts, bank.StepUp);

        Assert.IsType<NotACustomerError>((await blocks.BlockAsync(Ana, "carl", "He knows why")).Error);
        Assert.IsType<NotFoundError>((await blocks.BlockAsync(Ana, "nobody", "Because")).Error);
        Assert.Equal("reason", (await blocks.BlockAsync(Ana, "carl", "")).Error!.Field);
        Assert.Empty(access.Blocked);
        Assert.Empty(bank.Audit.Records);
    }

    [Fact]
    public async Task AccountFile_OfAUsedAccount_HasWhatMovedWhatWaitsAndWhatStaffDid()
    {
        var bank = new InMemoryBank();
        bank.Directory.Names["ana"] = "Ana Analyst";
        var (ann, ben) = (bank.Customer("ann", "Ann Archer"), bank.Customer("ben", "Ben Baker"));
        var (from, to) = (await bank.OpenAsync(ann, 500), await bank.OpenAsync(ben));
        var held = await HoldAsync(bank, from, to, 100);
        await bank.Accounts.FreezeAsync(Ana, from.Id, "Card stolen");
        var lists = new InMemoryRiskLists();
        var now = bank.Time.GetUtcNow();
        await lists.TryPutAsync(new ListEntry("ann", ListedKind.Customer, RiskLists.Watched, now.AddDays(1), "Why", "ana", now), null);
        await lists.TryPutAsync(new ListEntry(from.Id, ListedKind.Account, RiskLists.Blocked, now, "Over", "ana", now), null);
        var files = new FraudFiles(
            bank.Store,
            bank.Store,
            bank.Directory,
            new InMemoryCustomerAccess(bank.Directory, bank.Time),
            lists,
            new NoCases(),
            bank.Audit.NewTrail(),
            bank.Conflicts,
            bank.Time
        );

        var file = (await files.AccountAsync(Ana, from.Id)).Value;

        Assert.Equal((AccountStatus.Frozen, "Ann Archer"), (file.Account.Status, file.OwnerName));
        Assert.Equal(held.Id, Assert.Single(file.Held).Id);
        Assert.Single(file.Recent);
        Assert.Equal("Ben Baker", file.Names["ben"]);
        Assert.Equal(RiskLists.Watched, Assert.Single(file.Lists).List);
        var act = Assert.Single(file.Actions);
        Assert.Equal(("account.freeze", "Card stolen", "Ana Analyst"), (act.Record.Action, act.Record.Reason, act.ActorName));
        Assert.Equal(from.Id, (await files.FindIdAsync(Ana, from.Number.Grouped)).Value);
        Assert.IsType<NotFoundError>((await files.AccountAsync(Ana, GeneralLedger.Clearing(from.Currency))).Error);
    }

    [Fact]
    public async Task CustomerFile_OfAColleague_ShowsNoSessions()
    {
        var bank = new InMemoryBank();
        bank.Customer("carl", "Carl Colleague");
        bank.Customer("ann", "Ann Archer");
        var access = new InMemoryCustomerAccess(bank.Directory, bank.Time);
        access.Staff.Add("carl");
        var now = bank.Time.GetUtcNow();
        access.Sessions["carl"] = [new("s", "Firefox on Linux", "192.0.2.1", now, now, now)];
        access.Sessions["ann"] = [new("t", "Chrome on Windows", "192.0.2.2", now, now, null)];
        var files = new FraudFiles(
            bank.Store,
            bank.Store,
            bank.Directory,
            access,
            new InMemoryRiskLists(),
            new NoCases(),
            bank.Audit.NewTrail(),
            bank.Conflicts,
            bank.Time
        );

        Assert.Empty((await files.CustomerAsync(Ana, "carl")).Value.Sessions);
        Assert.Equal("Chrome on Windows", Assert.Single((await files.CustomerAsync(Ana, "ann")).Value.Sessions).Device);
        Assert.IsType<NotFoundError>((await files.CustomerAsync(Ana, "nobody")).Error);
    }

    private static HeldQueue QueueOf(InMemoryBank bank) =>
        new(bank.Store, bank.Directory, new FiredRules(new RulesInForce(), new InMemoryRuleSets()), bank.Conflicts, bank.LedgerOptions);

    private static async Task<Transfer> HoldAsync(InMemoryBank bank, Account from, Account to, decimal amount, RiskVerdict? risk = null)
    {
        var held = (await bank.Ledger.ExecuteAsync(Orders.Transfer(from, to, amount) with { Hold = true })).Value;
        if (risk is not null)
        {
            held = held with { Risk = risk };
            bank.Store.Put(held);
        }

        return held;
    }
}
