using Microsoft.Extensions.Configuration;

namespace BankPortal.Tests.Identity.Users;

[UnitTest]
public sealed class IdentityOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreValid()
    {
        Assert.Empty(ErrorsIn(new BankIdentityOptions()));
    }

    [Fact]
    public void Validate_SeveralErrors_AreAllReported()
    {
        var options = new BankIdentityOptions
        {
            LockoutAttempts = 0,
            LockoutDuration = TimeSpan.Zero,
            PasswordIterations = 100_000,
            HashesAtOnce = 0,
            HashesWaiting = -1,
            SecurityStampInterval = TimeSpan.FromMinutes(30),
            FirstAdmin = new FirstAdminOptions { Email = "not an address", SetupToken = "tiny" },
        };

        var failures = ErrorsIn(options);

        Assert.Equal(8, failures.Count);
        Assert.DoesNotContain(failures, failure => failure.Contains("tiny", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Aws", null, 1)]
    [InlineData("aws", " ", 1)]
    [InlineData("Aws", "alias/bank", 0)]
    [InlineData("Embedded", null, 0)]
    [InlineData(null, null, 0)]
    public void Check_KeyRingInAws_NeedsAKmsKey(string? mode, string? keyId, int errors)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Dynamo:Mode", mode)])
            .Build();
        var found = new OptionsErrors(SecurityOptions.Section);

        new SecurityOptionsValidator(configuration).Check(new SecurityOptions { KmsKeyId = keyId }, found);

        Assert.Equal(errors, found.All.Count);
    }

    private static IReadOnlyList<string> ErrorsIn(BankIdentityOptions options)
    {
        var errors = new OptionsErrors(BankIdentityOptions.Section);
        new BankIdentityOptionsValidator().Check(options, errors);
        return errors.All;
    }
}
