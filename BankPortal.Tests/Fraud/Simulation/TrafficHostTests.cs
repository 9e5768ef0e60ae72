using BankPortal.Infrastructure.Fraud.Simulation;
using BankPortal.Web.Features.Fraud.Simulation;

namespace BankPortal.Tests.Fraud.Simulation;

/// <summary>Simulated traffic in a running portal.</summary>
[EngineTest]
public sealed class TrafficHostTests
{
    private static readonly Actor Analyst = new("ana", [BankRoles.Analyst]);

    [Fact]
    public async Task Start_InDevelopment_PlaysThroughTheBankUntilStopped()
    {
        await using var portal = new PortalHost();
        portal.Start();
        var host = portal.Services.GetRequiredService<TrafficHost>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        var seen = new TaskCompletionSource<Transfer>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watching = portal.Services.GetRequiredService<TransferFeed>().SubscribeAll(transfer =>
        {
            if (transfer.Kind != TransferKind.Opening)
            {
                seen.TrySetResult(transfer);
            }
        });

        Assert.True(host.Start(Analyst, TrafficHost.FastestRate, 1).IsSuccess);
        Assert.IsType<InvalidInputError>(host.Start(Analyst, 1, 1).Error);
        var transfer = await seen.Task.WaitAsync(limit.Token);
        Assert.True(host.Stop(Analyst).IsSuccess);
        while (host.State.IsRunning)
        {
            await Task.Yield();
            limit.Token.ThrowIfCancellationRequested();
        }

        Assert.NotNull(transfer.Risk);
        Assert.False(host.State.HasFailed);
    }

    [Fact]
    public async Task Trust_AShopOfTheSimulation_IsAnEntryTheListsCanShow()
    {
        await using var portal = new PortalHost();
        portal.Start();
        var time = portal.Services.GetRequiredService<TimeProvider>();
        var lists = portal.Services.GetRequiredService<IRiskListStore>();
        var bank = new SimulatedBank(
            portal.Services.GetRequiredService<ICustomerRegistry>(),
            portal.Services.GetRequiredService<IServiceScopeFactory>(),
            lists,
            (at, _) => Task.FromResult(at)
        );
        await bank.WaitUntilAsync(time.GetUtcNow(), TestContext.Current.CancellationToken);
        var shop = await bank.RegisterAsync("test", 1, "Simulated Shop", TestContext.Current.CancellationToken);
        var account = (
            await portal.Services.GetRequiredService<AccountService>().OpenAsync(shop, new OpenAccount("k", AccountType.Checking))
        ).Value;

        await bank.TrustAsync(account, TestContext.Current.CancellationToken);
        await bank.TrustAsync(account, TestContext.Current.CancellationToken);

        var shown = await portal
            .Services.GetRequiredService<RiskListService>()
            .ListAsync(Analyst, ct: TestContext.Current.CancellationToken);
        Assert.Equal(
            (account.Id, RiskLists.Trusted),
            shown.IsSuccess ? (shown.Value.Single().Entry.SubjectId, shown.Value.Single().Entry.List) : default
        );
    }

    [Fact]
    public async Task Start_ByACustomer_IsRefused()
    {
        await using var portal = new PortalHost();
        portal.Start();
        var host = portal.Services.GetRequiredService<TrafficHost>();

        Assert.IsType<NotAllowedError>(host.Start(Actor.Customer("carl"), 1, 1).Error);
        Assert.IsType<NotAllowedError>(host.Stop(Actor.Customer("carl")).Error);
        Assert.IsType<InvalidInputError>(host.Start(Analyst, 0, 1).Error);
        Assert.False(host.State.IsRunning);
    }
}
