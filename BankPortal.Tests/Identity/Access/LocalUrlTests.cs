namespace BankPortal.Tests.Identity.Access;

/// <summary>Where a person may be sent back to, and how that is written into a response.</summary>
[UnitTest]
public sealed class LocalUrlTests
{
    [Theory]
    [InlineData("/account/dashboard?tab=2#end", "/account/dashboard?tab=2#end")]
    [InlineData("/café", "/caf%C3%A9")]
    [InlineData("/caf%C3%A9", "/caf%C3%A9")]
    [InlineData("/search?q=Grüße 世界 🏦", "/search?q=Gr%C3%BC%C3%9Fe%20%E4%B8%96%E7%95%8C%20%F0%9F%8F%A6")]
    [InlineData("/a\\b", "/a%5Cb")]
    [InlineData("//evil.example", "/start")]
    [InlineData("/\\evil.example", "/start")]
    [InlineData("/a\r\nSet-Cookie: b=c", "/start")]
    [InlineData("/a\u0085b", "/start")]
    [InlineData("café", "/start")]
    [InlineData("", "/start")]
    [InlineData(null, "/start")]
    public void OrElse_AnyAddress_IsLocalAndFitsAHeader(string? url, string expected)
    {
        var address = LocalUrl.OrElse(url, "/start");

        Assert.Equal(expected, address);
        Assert.All(address, c => Assert.InRange(c, '!', '~'));
    }

    // Not a row of the theory: the runner passes texts on as UTF-8.
    [Fact]
    public void OrElse_HalfACharacter_IsReplaced() => Assert.Equal("/half%EF%BF%BD", LocalUrl.OrElse("/half\uD83C", "/start"));

    [Theory]
    [InlineData("/café", "/caf%C3%A9")]
    [InlineData("/", "/account/dashboard")]
    public void After_SigningIn_LeadsToAnAddressThatFitsAHeader(string returnUrl, string expected) =>
        Assert.Equal(expected, HomePage.After(["customer"], returnUrl));
}
