using System.Threading.Channels;

namespace BankPortal.Tests.Fraud.Live;

/// <summary>Two portals on the same database: what one commits, the other's monitor shows.</summary>
[EngineTest]
public sealed class LiveMonitorOfTwoPortalsTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private static readonly Actor Analyst = new("fay", [BankRoles.Analyst]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transfer_MadeAtOnePortal_AppearsInTheMonitorOfTheOtherOnce()
    {
        await using var other = portal.With();
        var (alice, bob) = (await OpenAsync("alice"), await OpenAsync("bob"));
        await MoveAsync(Actor.System, TransferKind.Opening, GeneralLedger.Opening(Currency.Usd), alice.Id, 9000);
        var monitor = other.Services.GetRequiredService<LiveMonitor>();
        var frames = Channel.CreateUnbounded<LiveFrame>();
        using var watch = monitor.Watch(Analyst, frame => frames.Writer.TryWrite(frame)).Value;
        var first = await watch.FirstAsync(Ct).WaitAsync(TimeSpan.FromMinutes(1), Ct);
        Assert.Equal(LiveState.Live, first.State);

        // Assessed and held at the first portal: a large transfer to somebody new that empties the account.
        var held = await MoveAsync(Actor.Customer("alice"), TransferKind.Transfer, alice.Id, bob.Id, 8600);
        Assert.Equal(TransferStatus.Held, held.Status);

        var shown = await UntilAsync(frames, held.Id, TransferStatus.Held);
        Assert.Contains("large-new-payee", shown.Transfer.Risk!.Fired);

        // Decided at the first portal, too: the row of the other one changes, and is not counted twice.
        var released = await portal
            .Host.Services.GetRequiredService<LedgerService>()
            .ReleaseAsync(Analyst, held.Id, "spoke with the customer", Ct);
        Assert.True(released.IsSuccess, released.Error?.Message);
        var after = await UntilAsync(frames, held.Id, TransferStatus.Posted);
        Assert.True(after.Number > shown.Number);
        var last = watch.Current!;
        Assert.Single(last.Events, e => e.Transfer.Id == held.Id);
        Assert.Equal(1, last.Figures.Held);

        // What this one does itself does not wait for a reading, and the reading does not bring it again.
        var own = await MoveAsync(Actor.Customer("bob"), TransferKind.Transfer, bob.Id, alice.Id, 1, other);
        var mine = await UntilAsync(frames, own.Id, own.Status);
        await foreach (var frame in frames.Reader.ReadAllAsync(Ct))
        {
            Assert.Equal(mine.Number, frame.Events.Single(e => e.Transfer.Id == own.Id).Number);
            if (frame.AsOf > own.CreatedAt.AddSeconds(2))
            {
                break;
            }
        }
    }

    private static async Task<LiveEvent> UntilAsync(Channel<LiveFrame> frames, string id, TransferStatus status)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        await foreach (var frame in frames.Reader.ReadAllAsync(limit.Token))
        {
            if (frame.Events.FirstOrDefault(e => e.Transfer.Id == id && e.Transfer.Status == status) is { } found)
            {
                return found;
            }
        }

        throw new InvalidOperationException("No more frames.");
    }

    private async Task<Account> OpenAsync(string owner) =>
        (
            await portal
                .Host.Services.GetRequiredService<AccountService>()
                .OpenAsync(Actor.Customer(owner), new OpenAccount(Guid.NewGuid().ToString("N"), AccountType.Checking), Ct)
        ).Value;

    private async Task<Transfer> MoveAsync(Actor actor, TransferKind kind, string from, string to, decimal amount, PortalHost? at = null)
    {
        var result = await (at ?? portal.Host).Services.GetRequiredService<LedgerService>().ExecuteAsync(
            new TransferOrder
            {
                Actor = actor,
                IdempotencyKey = Guid.NewGuid().ToString("N"),
                Kind = kind,
                DebitAccountId = from,
                CreditAccountId = to,
                Amount = Money.Of(amount, Currency.Usd),
                DuplicateConfirmed = true,
            },
            Ct);
        return result.IsSuccess ? result.Value : throw new InvalidOperationException(result.Error.Message);
    }
}
