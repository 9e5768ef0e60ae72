using BankPortal.Core.Common.Jobs;

namespace BankPortal.Tests.Common.Jobs;

/// <summary>How long a job rests.</summary>
[UnitTest]
public sealed class WorkShareTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(1.0, 100, 0)]
    [InlineData(0.5, 100, 100)]
    [InlineData(0.25, 100, 300)]
    [InlineData(0.1, 10, 0)] // too short: added to the next piece
    [InlineData(0.1, 60_000, 5_000)] // a request that hung
    public void RestAfter_WorkOfSomeTime_KeepsTheShare(double share, int worked, int rest) =>
        Assert.Equal(TimeSpan.FromMilliseconds(rest), new WorkShare(share, _time).RestAfter(TimeSpan.FromMilliseconds(worked)));

    [Fact]
    public async Task Rest_ShortPieces_AreAddedUp()
    {
        var share = new WorkShare(0.5, _time);
        _time.Advance(TimeSpan.FromMilliseconds(10));
        await share.RestAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromMilliseconds(10));

        var resting = share.RestAsync(TestContext.Current.CancellationToken);

        Assert.False(resting.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(20));
        await resting;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.1)]
    public void New_ShareOutOfRange_IsRefused(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkShare(share, _time));
}
