using BankPortal.Bench;

namespace BankPortal.Tests.Notifications.Delivery;

/// <summary>The process that turns events into messages and sends them is killed while it does so.</summary>
[EngineTest]
public sealed class KilledSenderTests
{
    [Fact]
    public async Task Sender_KilledInTheMiddle_LosesNothing()
    {
        var (sent, lost, _) = await AlertsBench.KillAsync(kills: 2);

        Assert.True(sent > 100, $"{sent} transfers");
        Assert.Equal(0, lost);
    }
}
