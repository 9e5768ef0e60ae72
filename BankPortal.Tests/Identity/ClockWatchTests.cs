using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BankPortal.Tests.Identity;

/// <summary>A clock that was set back is noticed.</summary>
[EngineTest]
public sealed class ClockWatchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task CheckAsync_ClockSetBack_SaysHowFarUntilItHasCaughtUp(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        Assert.Equal(TimeSpan.Zero, await bank.Services.GetRequiredService<ClockWatch>().CheckAsync(Ct));

        var log = new ListLogger<ClockWatch>();
        var time = new ManualTime(bank.Time.GetUtcNow().AddHours(-2));
        var watch = new ClockWatch(bank.Services.GetRequiredService<UserRows>(), time, log);
        Assert.Equal(TimeSpan.FromHours(2), await watch.CheckAsync(Ct));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMinutes(119), await watch.CheckAsync(Ct));
        Assert.Contains("behind", Assert.Single(log.Lines), StringComparison.Ordinal);

        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(TimeSpan.Zero, await watch.CheckAsync(Ct));
        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public async Task CheckAsync_ClocksOfNodesDifferALittle_SaysNothing()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        await bank.Services.GetRequiredService<ClockWatch>().CheckAsync(Ct);
        var watch = NewWatch(bank, TimeSpan.FromSeconds(50));

        Assert.Equal(TimeSpan.Zero, await watch.CheckAsync(Ct));
    }

    [Fact]
    public async Task HealthCheck_ClockSetBack_IsDegraded()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        await bank.Services.GetRequiredService<ClockWatch>().CheckAsync(Ct);
        var behind = NewWatch(bank, TimeSpan.FromDays(1));

        var result = await new ClockHealthCheck(behind).CheckHealthAsync(new HealthCheckContext(), Ct);

        Assert.Equal(HealthStatus.Degraded, result.Status);
    }

    private static ClockWatch NewWatch(IdentityBank bank, TimeSpan behind) => new(
        bank.Services.GetRequiredService<UserRows>(), new ManualTime(bank.Time.GetUtcNow() - behind), NullLogger<ClockWatch>.Instance);
}
