namespace BankPortal.Tests.Journeys;

/// <summary>The phone of the journeys shows what an independent program shows.</summary>
[UnitTest]
public sealed class AuthenticatorTests
{
    [Theory]
    [InlineData(59)]
    [InlineData(1_111_111_109)]
    [InlineData(20_000_000_000)]
    public async Task CodeAsync_WithOathtool_IsTheTestsOwn(long seconds)
    {
        Assert.SkipUnless(Authenticator.IsOathtool, "oathtool is not installed.");
        const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);

        Assert.Equal(AuthenticatorApp.Code(Secret, at), await Authenticator.CodeAsync(Secret, at, TestContext.Current.CancellationToken));
    }
}
