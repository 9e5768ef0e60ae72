using BankPortal.Core.Identity.Confirmations;

namespace BankPortal.Tests.Identity.Confirmations;

[EngineTest]
public sealed class PaymentConfirmationStoreTests
{
    private static readonly Actor Ann = Actor.Customer("ann") with { SessionId = "session-1" };

    private static readonly PaymentToConfirm Payment = new()
    {
        Purpose = ConfirmationPurpose.StandingOrder,
        Key = "form-1",
        Amount = Money.Of(1_234.56m, Currency.Eur),
        FromAccountId = "from",
        ToAccountId = "to",
        Terms = "Weekly",
        PayeeName = "Zoë O'Neil",
        IsNameRight = false,
        PayeeNumber = "12 3456 7890",
        FromLabel = "Checking ·1234",
        Dates = "Every week on Friday",
    };

    [Theory, EveryEngine]
    public async Task Store_AskedConfirmedAndUsed_KeepsWhatIsShownEncryptedAndIsReadBack(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var store = bank.Get<IPaymentConfirmationStore>();
        var confirmations = new PaymentConfirmations(store, bank.Time, TimeSpan.FromMinutes(5));
        var asked = await confirmations.AskAsync(Ann, Payment);
        Assert.Equal(asked, await store.FindAsync("ann", "session-1", asked.Id));
        Assert.Null(await store.FindAsync("ann", "session-2", asked.Id));
        Assert.Null(await store.FindAsync("ben", "session-1", asked.Id));

        var row = (await bank.ScanAsync(IdentityTables.Users)).Single(item => item["user_id"].S == "confirm#ann#" + asked.Id);
        Assert.DoesNotContain(row.Values, value => value.S?.Contains("Neil", StringComparison.Ordinal) == true
            || value.S?.Contains("7890", StringComparison.Ordinal) == true);
        Assert.True(row.ContainsKey("expires_at"));

        using (var requests = bank.CountRequests())
        {
            Assert.True((await confirmations.ConfirmAsync("ann", "session-1", asked.Id, ConfirmationFactor.Passkey)).IsSuccess);
            Assert.True((await confirmations.UseAsync(Ann, Payment, "transfer-1")).IsSuccess);
            Assert.Equal(2, requests.Total);
        }

        // A store that answers late makes the client ask again: the same use stays one.
        Assert.True((await confirmations.UseAsync(Ann, Payment, "transfer-1")).IsSuccess);
        Assert.IsType<PaymentNotConfirmedError>((await confirmations.UseAsync(Ann, Payment, "transfer-2")).Error);
        var used = (await store.FindAsync("ann", "session-1", asked.Id))!;
        Assert.Equal(
            asked with { State = ConfirmationState.Used, Factor = ConfirmationFactor.Passkey, UsedFor = "transfer-1" }, used);
    }

    [Theory, EveryEngine]
    public async Task Store_WaitingOverOrForeign_IsNeverConfirmedOrUsed(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var store = bank.Get<IPaymentConfirmationStore>();
        var confirmations = new PaymentConfirmations(store, bank.Time, TimeSpan.FromMinutes(5));
        var asked = await confirmations.AskAsync(Ann, Payment);
        var now = bank.Time.GetUtcNow();
        Assert.False(await store.TryUseAsync("ann", "session-1", asked.Id, asked.Digest, "use", now));
        Assert.False(await store.TryConfirmAsync("ann", "session-2", asked.Id, ConfirmationFactor.Password, now, now.AddMinutes(5)));
        Assert.False(await store.TryConfirmAsync("ben", "session-1", asked.Id, ConfirmationFactor.Password, now, now.AddMinutes(5)));
        Assert.False(await store.TryConfirmAsync("ann", "session-1", asked.Id, ConfirmationFactor.Password, asked.OpenUntil, now));
        Assert.True(await store.TryConfirmAsync("ann", "session-1", asked.Id, ConfirmationFactor.Password, now, now.AddMinutes(5)));
        Assert.False(await store.TryUseAsync("ann", "session-1", asked.Id, "another digest", "use", now));
        Assert.False(await store.TryUseAsync("ann", "session-2", asked.Id, asked.Digest, "use", now));
        Assert.False(await store.TryUseAsync("ann", "session-1", asked.Id, asked.Digest, "use", now.AddMinutes(5)));
        Assert.Equal(0, await bank.CountRowsAsync("confirm#ben"));
        Assert.True(await store.TryUseAsync("ann", "session-1", asked.Id, asked.Digest, "use", now));
    }

    [Theory, EveryEngine]
    public async Task Use_ManyAtOnce_ExactlyOneSucceeds(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        await using var node = bank.AnotherNode();
        var nodes = new[] { bank.Get<IPaymentConfirmationStore>(), node.GetRequiredService<IPaymentConfirmationStore>() }
            .Select(store => new PaymentConfirmations(store, bank.Time, TimeSpan.FromMinutes(5))).ToArray();
        var asked = await nodes[0].AskAsync(Ann, Payment);
        Assert.True((await nodes[1].ConfirmAsync("ann", "session-1", asked.Id, ConfirmationFactor.Authenticator)).IsSuccess);

        var uses = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            nodes[i % 2].UseAsync(Ann, Payment, "use-" + i.ToString(CultureInfo.InvariantCulture))));

        Assert.Single(uses, use => use.IsSuccess);
    }
}
