using Xunit.Sdk;

namespace BankPortal.Tests.Fakes;

/// <summary>Waiting goes on with progress, however slow, and ends without.</summary>
[UnitTest]
public sealed class ProgressPatienceTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task UntilAsync_SlowButWorking_WaitsForHours()
    {
        var looks = 0;

        // A processor second in each minute and a half.
        await WaitAsync(() => looks++ >= 100, () => (0, TimeSpan.FromSeconds(looks)), TimeSpan.FromSeconds(90));

        Assert.True(looks > 100);
    }

    [Fact]
    public async Task UntilAsync_OnlyOutput_IsProgress()
    {
        var looks = 0;

        await WaitAsync(() => looks++ >= 100, () => (looks, TimeSpan.Zero), TimeSpan.FromSeconds(90));

        Assert.True(looks > 100);
    }

    [Fact]
    public async Task UntilAsync_StandingStill_FailsWithTheDescription()
    {
        var failure = await Assert.ThrowsAnyAsync<XunitException>(() =>
            WaitAsync(() => false, () => (7, TimeSpan.FromSeconds(3)), TimeSpan.FromSeconds(1)));

        Assert.Contains("Nothing happens any more: what it said", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UntilAsync_WorkingWithoutEnd_Fails()
    {
        var work = TimeSpan.Zero;

        var failure = await Assert.ThrowsAnyAsync<XunitException>(() =>
            WaitAsync(() => false, () => (0, work += TimeSpan.FromSeconds(2)), TimeSpan.FromSeconds(1)));

        Assert.Contains("of processor time", failure.Message, StringComparison.Ordinal);
    }

    private async Task WaitAsync(Func<bool> condition, Func<(int Lines, TimeSpan Work)> progress, TimeSpan step)
    {
        var waiting = ProgressPatience.UntilAsync(condition, progress, () => "what it said", _time);
        while (!waiting.IsCompleted)
        {
            if (_time.TimerCount > 0)
            {
                _time.Advance(step);
            }

            await Task.Yield();
        }

        await waiting;
    }
}
