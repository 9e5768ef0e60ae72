using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Ledger.Payees;

[EngineTest]
public sealed class PayeeStoreTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    [Theory, EveryEngine]
    public async Task Remember_NewPayee_IsFoundByItsCustomerOnly(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, LedgerTables.All);
        var store = NewStore(fixture);
        var payee = NewPayee("b1", "Bob Müller", Start);

        await store.RememberAsync("alice", payee);

        Assert.Equal(payee, await store.FindAsync("alice", "b1"));
        Assert.Null(await store.FindAsync("alice", "b2"));
        Assert.Null(await store.FindAsync("carol", "b1"));
    }

    [Theory, EveryEngine]
    public async Task Remember_PaidAgain_KeepsTheFirstTimeAndTakesTheRest(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, LedgerTables.All);
        var store = NewStore(fixture);
        var payee = NewPayee("b1", "Bob", Start);
        await store.RememberAsync("alice", payee);
        var again = payee with { Name = "Robert", FirstPaidAt = Start.AddDays(2), LastPaidAt = Start.AddDays(2) };

        await store.RememberAsync("alice", again);

        Assert.Equal(again with { FirstPaidAt = Start }, await store.FindAsync("alice", "b1"));
    }

    [Theory, EveryEngine]
    public async Task List_SeveralPayees_GivesTheLastPaidFirstUpToTheLimit(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, LedgerTables.All);
        var store = NewStore(fixture);
        await store.RememberAsync("alice", NewPayee("b1", "Bob", Start.AddDays(1)));
        await store.RememberAsync("alice", NewPayee("b2", "Carol", Start.AddDays(3)));
        await store.RememberAsync("alice", NewPayee("b3", "Dan", Start.AddDays(2)));
        await store.RememberAsync("erin", NewPayee("b4", "Frank", Start.AddDays(4)));
        await store.CountLookupAsync("alice", Start);

        Assert.Equal(["b2", "b3", "b1"], (await store.ListAsync("alice", 10)).Select(payee => payee.AccountId));
        Assert.Equal(["b2", "b3"], (await store.ListAsync("alice", 2)).Select(payee => payee.AccountId));
        Assert.Empty(await store.ListAsync("nobody", 10));
    }

    [Theory, EveryEngine]
    public async Task Book_AddedChangedPaidAndDeleted_KeepsWhatTheCustomerSaid(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, LedgerTables.All);
        var store = NewStore(fixture);
        var added = new Payee("b1", AccountNumber.Random(), "Bob", null, null) { Nickname = "Bobby", NameMatch = NameMatch.CloseMatch, AddedAt = Start };

        Assert.True(await store.TryAddAsync("alice", added));
        Assert.False(await store.TryAddAsync("alice", added with { Name = "Rob" }));
        Assert.Equal(added, await store.FindAsync("alice", "b1"));

        Assert.True(await store.TryChangeAsync("alice", "b1", null, true));
        Assert.Equal(added with { Nickname = null, IsFavourite = true }, await store.FindAsync("alice", "b1"));
        Assert.True(await store.TryChangeAsync("alice", "b1", "Bo", true));
        Assert.False(await store.TryChangeAsync("carol", "b1", "Bo", true));
        Assert.Null(await store.FindAsync("carol", "b1"));

        await store.RememberAsync("alice", added with { FirstPaidAt = Start.AddDays(1), LastPaidAt = Start.AddDays(1) });
        await store.RememberAsync("alice", NewPayee("b2", "Carol", Start.AddDays(3)));
        var paid = added with { Nickname = "Bo", IsFavourite = true, FirstPaidAt = Start.AddDays(1), LastPaidAt = Start.AddDays(1) };
        Assert.Equal(paid, await store.FindAsync("alice", "b1"));
        Assert.Equal(["b1", "b2"], (await store.ListAsync("alice", 10)).Select(payee => payee.AccountId));
        Assert.True(await store.TryChangeAsync("alice", "b1", null, false));
        Assert.Equal(["b2", "b1"], (await store.ListAsync("alice", 10)).Select(payee => payee.AccountId));

        await store.DeleteAsync("alice", "b1");
        Assert.Null(await store.FindAsync("alice", "b1"));
    }

    private static DynamoPayeeStore NewStore(DynamoFixture fixture) =>
        new(fixture.Database, new FieldProtector(new EphemeralDataProtectionProvider()));

    private static Payee NewPayee(string accountId, string name, DateTimeOffset paidAt) =>
        new(accountId, AccountNumber.Random(), name, paidAt, paidAt);
}
