
namespace BankPortal.Tests.Identity.Sessions;

[UnitTest]
public sealed class SessionOptionsTests
{
    [Fact]
    public void Check_Defaults_AreValid() => Assert.Empty(ErrorsIn(new SessionOptions()));

    [Fact]
    public void Check_SeveralErrorsInWatching_AreAllNamed()
    {
        var errors = ErrorsIn(new SessionOptions
        {
            IdleWarning = TimeSpan.FromMinutes(5), StampPoll = TimeSpan.FromMinutes(2), ActorFreshness = TimeSpan.FromMinutes(1),
        });

        Assert.Equal(3, errors.Count);
        Assert.Contains("Sessions:IdleWarning must be less than CustomerIdle (00:05:00), but is 00:05:00.", errors);
    }

    [Fact]
    public void Check_SeveralErrorsInLimits_AreAllNamed()
    {
        var errors = ErrorsIn(new SessionOptions
        {
            CustomerIdle = TimeSpan.FromHours(3), StaffAbsolute = TimeSpan.FromDays(2), TouchInterval = TimeSpan.Zero,
        });

        Assert.Equal(
            ["Sessions:StaffAbsolute", "Sessions:CustomerIdle", "Sessions:TouchInterval"], errors.Select(error => error.Split(' ')[0]));
    }

    [Fact]
    public void Check_WarningLongerThanEveryLimit_NamesTheSettingOnce()
    {
        var errors = ErrorsIn(new SessionOptions
        {
            CustomerIdle = TimeSpan.FromMinutes(1), StaffIdle = TimeSpan.FromMinutes(2), IdleWarning = TimeSpan.FromMinutes(3),
        });

        Assert.Equal(
            "Sessions:IdleWarning must be less than CustomerIdle (00:01:00) and StaffIdle (00:02:00), but is 00:03:00.",
            Assert.Single(errors)
        );
    }

    private static IReadOnlyList<string> ErrorsIn(SessionOptions options)
    {
        var errors = new OptionsErrors(SessionOptions.Section);
        new SessionOptionsValidator().Check(options, errors);
        return errors.All;
    }
}
