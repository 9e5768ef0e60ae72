namespace BankPortal.Tests.Identity.Sessions;

[UnitTest]
public sealed class SessionWatchOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreFine() => Assert.True(Validate(new(), new()).Succeeded);

    [Fact]
    public void Validate_SeveralErrors_AreAllReported()
    {
        var result = Validate(
            new SessionWatchOptions { IdleWarning = TimeSpan.FromMinutes(5), StampPoll = TimeSpan.FromMinutes(2), ActorFreshness = TimeSpan.FromMinutes(1) },
            new SessionStoreOptions());

        Assert.Equal(3, result.Failures!.Count());
        Assert.Contains(result.Failures!, failure => failure.Contains("Sessions:IdleWarning must be less than Sessions:CustomerIdle", StringComparison.Ordinal));
    }

    private static ValidateOptionsResult Validate(SessionWatchOptions options, SessionStoreOptions limits) =>
        new SessionWatchOptions.Validator(Options.Create(limits)).Validate(null, options);
}
