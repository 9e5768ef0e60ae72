using BankPortal.Infrastructure.Identity;
using Xunit;

namespace BankPortal.Tests.Identity;

public sealed class IdentityOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreValid()
    {
        Assert.True(new BankIdentityOptionsValidator().Validate(null, new BankIdentityOptions()).Succeeded);
        Assert.True(new SessionStoreOptionsValidator().Validate(null, new SessionStoreOptions()).Succeeded);
    }

    [Fact]
    public void Validate_SeveralMistakes_AreAllReported()
    {
        var options = new BankIdentityOptions
        {
            LockoutAttempts = 0,
            LockoutDuration = TimeSpan.Zero,
            PasswordIterations = 100_000,
            SecurityStampInterval = TimeSpan.FromMinutes(30),
            FirstAdmin = new FirstAdminOptions { Email = "not an address", SetupToken = "short" },
        };

        var failures = new BankIdentityOptionsValidator().Validate(null, options).Failures!.ToList();

        Assert.Equal(6, failures.Count);
        Assert.DoesNotContain(failures, failure => failure.Contains("short", StringComparison.Ordinal));
        Assert.Equal(
            3,
            new SessionStoreOptionsValidator().Validate(null, new SessionStoreOptions
            {
                CustomerIdle = TimeSpan.FromHours(3), StaffAbsolute = TimeSpan.FromDays(2), TouchInterval = TimeSpan.Zero,
            }).Failures!.Count());
    }
}
