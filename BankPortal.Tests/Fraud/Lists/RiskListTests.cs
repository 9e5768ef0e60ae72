using BankPortal.Infrastructure.Fraud.Lists;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Fraud.Lists;

/// <summary>Accounts and customers on risk lists: permissions, expiry, and the effect on screening.</summary>
[EngineTest]
public sealed class RiskListTests
{
    private const string Why = "Reported by another bank";
    private static readonly Actor Ana = StaffActors.Fresh("ana", BankRoles.Analyst);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Theory, EveryEngine]
    public async Task Add_ToTheBlockedList_RefusesTransfersUntilItEnds(EngineKind kind)
    {
        var time = new ManualTime();
        await using var world = await LedgerWorld.CreateAsync(kind, time);
        var (service, _) = ServiceOf(world);
        var (alice, bob) = (await world.OpenAsync("alice", 1000), await world.OpenAsync("bob"));

        Assert.True((await service.AddAsync(Ana, bob.Id, ListedKind.Account, RiskLists.Blocked, Day, Why)).IsSuccess);

        Assert.IsType<DeclinedError>((await world.ScreenedLedger.ExecuteAsync(world.Order(alice, bob, 20))).Error);
        time.Advance(Day);
        Assert.Equal(TransferStatus.Posted, (await world.ScreenedLedger.ExecuteAsync(world.Order(alice, bob, 20))).Value.Status);
    }

    [Theory, EveryEngine]
    public async Task Add_CustomerToTheWatchList_HoldsTransfersUntilRemoved(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind, new ManualTime());
        var (service, _) = ServiceOf(world);
        var (alice, bob) = (await world.OpenAsync("alice", 1000), await world.OpenAsync("bob"));

        var entry = (await service.AddByNumberAsync(Ana, alice.Number.Grouped, ListedKind.Customer, RiskLists.Watched, Day, Why)).Value;
        Assert.Equal("alice", entry.SubjectId);

        Assert.Equal(TransferStatus.Held, (await world.ScreenedLedger.ExecuteAsync(world.Order(alice, bob, 20))).Value.Status);
        Assert.True((await service.RemoveAsync(Ana, entry, "Cleared up")).IsSuccess);
        Assert.Equal(TransferStatus.Posted, (await world.ScreenedLedger.ExecuteAsync(world.Order(alice, bob, 21))).Value.Status);
    }

    [Theory, EveryEngine]
    public async Task Lists_OfOneSubject_DoNotDisturbEachOther(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind, new ManualTime());
        var (service, store, account, watched) = await WatchedAccountAsync(world);
        var trusted = (await service.AddAsync(Ana, account.Id, ListedKind.Account, RiskLists.Trusted, 2 * Day, "Payroll")).Value;
        Assert.Equal([watched, trusted], (await store.FindAsync(account.Id)).OrderByDescending(entry => entry.List));

        Assert.True((await service.RemoveAsync(Ana, watched, "Done")).IsSuccess);
        Assert.Equal([trusted], await store.ListAsync(10));
        Assert.True((await service.RemoveAsync(Ana, trusted, "Done")).IsSuccess);

        Assert.Empty(await store.ListAsync(10));
        Assert.Empty(await store.FindAsync(account.Id));
        Assert.True((await service.AddAsync(Ana, account.Id, ListedKind.Account, RiskLists.Blocked, Day, Why)).IsSuccess);
        Assert.Single(await store.ListAsync(10));
    }

    [Theory, EveryEngine]
    public async Task Change_ByTwoAtOnce_OneIsRefused(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind, new ManualTime());
        var (service, store, account, seen) = await WatchedAccountAsync(world);

        var results = await Task.WhenAll(
            Task.Run(() => service.ExtendAsync(Ana, seen, 30 * Day, "Still watching")),
            Task.Run(() => service.RemoveAsync(Ana with { UserId = "bea" }, seen, "Cleared up")));

        Assert.Single(results, result => result.IsSuccess);
        Assert.IsType<ListChangedError>(Assert.Single(results, result => !result.IsSuccess).Error);
        Assert.Equal(results[0].IsSuccess ? 1 : 0, (await store.FindAsync(account.Id)).Count);
    }

    [Theory]
    [InlineData(BankRoles.Customer), InlineData(BankRoles.Manager), InlineData(BankRoles.Compliance)]
    public async Task EveryCommand_ByOthers_IsRefusedAndLeavesNoTrace(string role)
    {
        var (service, store, audit, account) = await AnnsAccountAsync();
        var entry = (await service.AddAsync(Ana, account.Id, ListedKind.Account, RiskLists.Watched, Day, Why)).Value;
        var other = new Actor("ann", [role]);

        Assert.IsType<NotAllowedError>((await service.ListAsync(other)).Error);
        Assert.IsType<NotAllowedError>((await service.FindAsync(other, account.Id)).Error);
        Assert.IsType<NotAllowedError>((await service.AddAsync(other, account.Id, ListedKind.Account, RiskLists.Trusted, Day, Why)).Error);
        Assert.IsType<NotAllowedError>(
            (await service.AddByNumberAsync(other, account.Number.Digits, ListedKind.Account, RiskLists.Trusted, Day, Why)).Error
        );
        Assert.IsType<NotAllowedError>((await service.ExtendAsync(other, entry, Day, Why)).Error);
        Assert.IsType<NotAllowedError>((await service.RemoveAsync(other, entry, Why)).Error);

        Assert.Equal([entry], await store.ListAsync(10));
        Assert.Single(audit.Records);
    }

    [Fact]
    public async Task Add_WhatMakesNoSense_IsRefusedWithTheField()
    {
        var (service, store, audit, account) = await AnnsAccountAsync();

        async Task RefusedAsync(string? field, ListedKind kind, string list, TimeSpan lasts, string reason, string? subject = null) =>
            Assert.Equal(field, (await service.AddAsync(Ana, subject ?? account.Id, kind, list, lasts, reason)).Error!.Field);

        await RefusedAsync("reason", ListedKind.Account, RiskLists.Watched, Day, "  ");
        await RefusedAsync("list", ListedKind.Account, "forgotten", Day, Why);
        await RefusedAsync("list", ListedKind.Customer, RiskLists.Trusted, Day, Why, "ann");
        await RefusedAsync("until", ListedKind.Account, RiskLists.Watched, TimeSpan.Zero, Why);
        await RefusedAsync("until", ListedKind.Account, RiskLists.Watched, TimeSpan.FromDays(400), Why);
        Assert.IsType<NotFoundError>((await service.AddAsync(Ana, "nobody", ListedKind.Customer, RiskLists.Watched, Day, Why)).Error);
        Assert.Equal("number", (await service.AddByNumberAsync(Ana, "12", ListedKind.Account, RiskLists.Watched, Day, Why)).Error!.Field);
        Assert.Empty(await store.ListAsync(10));
        Assert.Empty(audit.Records);
    }

    [Theory]
    [InlineData("", "Enter the account number.")]
    [InlineData("12", "An account number has ten digits; this has 2.")]
    [InlineData("1234567890", "This account number does not exist as written. Check each digit.")]
    [InlineData("1234 567 890", "This account number does not exist as written. Check each digit.")]
    public async Task AddByNumber_NoAccountNumber_SaysWhatIsWrong(string number, string message)
    {
        var (service, _, _, _) = await AnnsAccountAsync();

        var refusal = (await service.AddByNumberAsync(Ana, number, ListedKind.Account, RiskLists.Watched, Day, Why)).Error!;

        Assert.Equal(("number", message), (refusal.Field, refusal.Message));
    }

    [Fact]
    public async Task EveryChange_IsRecordedWithItsReason()
    {
        var (service, _, audit, account) = await AnnsAccountAsync();

        var entry = (await service.AddAsync(Ana, account.Id, ListedKind.Account, RiskLists.Watched, Day, Why)).Value;
        Assert.IsType<AlreadyListedError>((await service.AddAsync(Ana, account.Id, ListedKind.Account, RiskLists.Watched, Day, Why)).Error);
        var longer = (await service.ExtendAsync(Ana, entry, 7 * Day, "Not over yet")).Value;
        Assert.IsType<ListChangedError>((await service.RemoveAsync(Ana, entry, "As it was before")).Error);
        Assert.True((await service.RemoveAsync(Ana, longer, "Over")).IsSuccess);

        Assert.Equal(
            [
                ("list.add", Why, AuditOutcome.Done), ("list.extend", "Not over yet", AuditOutcome.Done),
                ("list.remove", "As it was before", AuditOutcome.Refused), ("list.remove", "Over", AuditOutcome.Done),
            ],
            audit.Records.Select(record => (record.Action, record.Reason, record.Outcome)));
        Assert.All(audit.Records, record => Assert.Equal(AuditSubject.Account(account.Id), record.Subject));
    }

    [Fact]
    public async Task List_Entries_HaveTheNamesPeopleKnow()
    {
        var bank = new InMemoryBank();
        var (service, _, _) = ServiceOf(bank);
        bank.Directory.Names["ana"] = "Ana Analyst";
        var account = await bank.OpenAsync(bank.Customer("ann", "Ann Archer"));
        await service.AddAsync(Ana, account.Id, ListedKind.Account, RiskLists.Watched, Day, Why);
        bank.Time.Advance(Day);
        await service.AddAsync(Ana, "ann", ListedKind.Customer, RiskLists.Blocked, Day, Why);

        var lines = (await service.ListAsync(Ana)).Value;

        Assert.Equal(
            [("Ann Archer", null, "Ana Analyst"), ("Ann Archer", account.Number, "Ana Analyst")],
            lines.Select(line => (line.CustomerName!, line.Number, line.ByName!))
        );
        Assert.Equal([true, false], lines.Select(line => line.Entry.IsInForce(bank.Time.GetUtcNow())));
    }

    private static async Task<(RiskListService Service, InMemoryRiskLists Store, InMemoryAuditStore Audit, Account Account)>
        AnnsAccountAsync()
    {
        var bank = new InMemoryBank();
        var (service, store, audit) = ServiceOf(bank);
        return (service, store, audit, await bank.OpenAsync(bank.Customer("ann", "Ann Archer")));
    }

    private static async Task<(RiskListService Service, IRiskListStore Store, Account Account, ListEntry Watched)>
        WatchedAccountAsync(LedgerWorld world)
    {
        var (service, store) = ServiceOf(world);
        var account = await world.OpenAsync("alice");
        var watched = await service.AddAsync(Ana, account.Id, ListedKind.Account, RiskLists.Watched, Day, Why);
        return (service, store, account, watched.Value);
    }

    private static (RiskListService Service, IRiskListStore Store) ServiceOf(LedgerWorld world)
    {
        foreach (var name in new[] { "alice", "bob" })
        {
            world.Directory.Names[name] = name;
        }

        var store = new DynamoRiskListStore(world.Database, new RiskListItems(new FieldProtector(new EphemeralDataProtectionProvider())));
        return (
            new RiskListService(
                store,
                world.AccountStore,
                world.Store,
                world.Directory,
                world.Audit.NewTrail(world.Time),
                world.Conflicts,
                world.StepUp,
                world.Time),
            store
        );
    }

    private static (RiskListService Service, InMemoryRiskLists Store, InMemoryAuditStore Audit) ServiceOf(InMemoryBank bank)
    {
        var store = new InMemoryRiskLists();
        return (
            new RiskListService(
                store,
                bank.Store,
                bank.Store,
                bank.Directory,
                bank.Audit.NewTrail(bank.Time),
                bank.Conflicts,
                bank.StepUp,
                bank.Time),
            store,
            bank.Audit
        );
    }
}
