namespace BankPortal.Tests.Identity.Sessions;

[UnitTest]
public sealed class SessionStandingTests
{
    private static readonly DateTimeOffset SignIn = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly SessionTimes Times =
        new(TimeSpan.FromMinutes(5), SignIn.AddHours(2), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));

    [Theory]
    [InlineData(0, 0, SessionPhase.Active), InlineData(0, 239, SessionPhase.Active)]
    [InlineData(0, 240, SessionPhase.IdleWarning), InlineData(0, 299, SessionPhase.IdleWarning)]
    [InlineData(0, 300, SessionPhase.IdleExpired), InlineData(0, 900_000, SessionPhase.IdleExpired)]
    [InlineData(6800, 6899, SessionPhase.Active), InlineData(6800, 6900, SessionPhase.AbsoluteWarning)]
    [InlineData(6800, 7040, SessionPhase.IdleWarning), InlineData(6900, 7140, SessionPhase.AbsoluteWarning)]
    [InlineData(6900, 7199, SessionPhase.AbsoluteWarning), InlineData(7199, 7200, SessionPhase.AbsoluteExpired)]
    public void Of_LastActivityAndNowInSeconds_NamesThePhase(int lastActive, int now, SessionPhase expected)
    {
        var standing = SessionStanding.Of(Times, SignIn.AddSeconds(lastActive), SignIn.AddSeconds(now));

        Assert.Equal(expected, standing.Phase);
        Assert.Equal(expected is SessionPhase.IdleExpired or SessionPhase.AbsoluteExpired, standing.IsOver);
    }

    [Fact]
    public void Left_AfterTheEnd_IsZero()
    {
        var standing = SessionStanding.Of(Times, SignIn, SignIn.AddHours(5));

        Assert.Equal(TimeSpan.Zero, standing.Left);
        Assert.Equal(SignIn.AddMinutes(5), standing.EndsAt);
    }
}
