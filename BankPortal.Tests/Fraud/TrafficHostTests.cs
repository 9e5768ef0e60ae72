using BankPortal.Core.Common;
using BankPortal.Core.Identity;
using BankPortal.Core.Ledger;
using BankPortal.Tests.Fakes;
using BankPortal.Web.Fraud;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BankPortal.Tests.Fraud;

/// <summary>Simulated traffic in a running portal.</summary>
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
        Assert.IsType<InvalidInput>(host.Start(Analyst, 1, 1).Error);
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
    public async Task Start_ByACustomer_IsRefused()
    {
        await using var portal = new PortalHost();
        portal.Start();
        var host = portal.Services.GetRequiredService<TrafficHost>();

        Assert.IsType<NotAllowed>(host.Start(Actor.Customer("carl"), 1, 1).Error);
        Assert.IsType<NotAllowed>(host.Stop(Actor.Customer("carl")).Error);
        Assert.IsType<InvalidInput>(host.Start(Analyst, 0, 1).Error);
        Assert.False(host.State.IsRunning);
    }
}
