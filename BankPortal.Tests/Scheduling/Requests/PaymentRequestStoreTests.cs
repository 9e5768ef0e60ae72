using BankPortal.Core.Scheduling.Requests;
using BankPortal.Infrastructure.Scheduling.Requests;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Scheduling.Requests;

[EngineTest]
public sealed class PaymentRequestStoreTests
{
    // In the future, because DynamoDB Local removes what has expired by the real clock.
    private static readonly DateTimeOffset Now = new(2100, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly FieldProtector Protector = new(new EphemeralDataProtectionProvider());

    [Theory, EveryEngine]
    public async Task Store_WrittenAndRead_IsTheSameForBothAndGuardedByTheVersion(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind);
        var store = new DynamoPaymentRequestStore(fixture.Database, Protector);
        var request = Request("ann", "ben");
        Assert.True(await store.TryAddAsync(request, 0));
        Assert.False(await store.TryAddAsync(request, 1));
        Assert.Equal(request, await store.FindAsync("ann", request.Id));
        Assert.Equal(request, await store.FindAsync("ben", request.Id));
        Assert.Null(await store.FindAsync("cat", request.Id));

        // Of two forms sent together, one finds that the asker has made another request since.
        Assert.False(await store.TryAddAsync(Request("ann", "ben"), 0));
        Assert.True(await store.TryAddAsync(Request("ann", "cat") with { CreatedAt = Now.AddMinutes(1) }, 1));

        var paid = request with { State = PaymentRequestState.Accepted, TransferId = "transfer", Version = 2, ChangedAt = Now.AddHours(1) };
        Assert.True(await store.TryWriteAsync(paid));
        Assert.False(await store.TryWriteAsync(paid));
        Assert.Equal(paid, await store.FindAsync("ann", request.Id));

        using var requests = fixture.CountRequests();
        var all = await store.ReadAsync("ann");
        Assert.Equal((1, 2L), (requests.Total, all.Version));
        Assert.Equal(["cat", "ben"], all.Requests.Select(one => one.PayerId));
        Assert.Equal(paid, Assert.Single((await store.ReadAsync("ben")).Requests));
    }

    [Theory, EveryEngine]
    public async Task Store_BlockedAsker_ReachesNobody(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind);
        var store = new DynamoPaymentRequestStore(fixture.Database, Protector);
        Assert.False(await store.IsBlockedAsync("ben", "ann"));
        await store.BlockAsync("ben", new BlockedAsker("ann", "Ann Archer"));
        await store.BlockAsync("ben", new BlockedAsker("ann", "Ann Archer"));
        Assert.True(await store.IsBlockedAsync("ben", "ann"));
        Assert.False(await store.IsBlockedAsync("ann", "ben"));
        Assert.Equal([new BlockedAsker("ann", "Ann Archer")], (await store.ReadAsync("ben")).Blocked);

        var silent = Request("ann", "ben") with { IsSilent = true };
        Assert.True(await store.TryAddAsync(silent, 0));
        Assert.Equal(silent, await store.FindAsync("ann", silent.Id));
        Assert.Null(await store.FindAsync("ben", silent.Id));
        Assert.True(await store.TryWriteAsync(silent with { State = PaymentRequestState.Withdrawn, Version = 2 }));
        Assert.Empty((await store.ReadAsync("ben")).Requests);

        await store.UnblockAsync("ben", "ann");
        Assert.False(await store.IsBlockedAsync("ben", "ann"));
    }

    private static PaymentRequest Request(string asker, string payer) => new()
    {
        Id = DerivedId.Random(),
        AskerId = asker,
        AskerName = "Ann Archer",
        ToAccountId = "to",
        ToNumber = AccountNumber.Random(),
        PayerId = payer,
        PayerName = "Ben Baker",
        PayerNumber = AccountNumber.Random(),
        Amount = Money.Of(12.34m, Currency.Usd),
        Text = "Dinner",
        Until = new DateOnly(2100, 3, 15),
        CreatedAt = Now,
        ChangedAt = Now,
    };
}
