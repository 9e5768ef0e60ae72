namespace BankPortal.Tests.Identity.Passkeys;

/// <summary>The rules about names of passkeys and about where they are good.</summary>
[UnitTest]
public sealed class PasskeyRuleTests
{
    [Theory]
    [InlineData(null, "Passkey")]
    [InlineData("  \t ", "Passkey")]
    [InlineData("  Ann's   phone\r\n", "Ann's phone")]
    [InlineData("Key\u0000ring", "Key ring")]
    public void CleanName_AnyText_IsOneLine(string? typed, string expected) => Assert.Equal(expected, PasskeyRule.CleanName(typed));

    [Fact]
    public void CleanName_TooLong_IsRefused()
    {
        Assert.Equal(PasskeyRule.MaxNameLength, PasskeyRule.CleanName(new string('x', PasskeyRule.MaxNameLength))?.Length);
        Assert.Null(PasskeyRule.CleanName(new string('x', PasskeyRule.MaxNameLength + 1)));
    }

    [Theory]
    [InlineData("https://bank.example", true)]
    [InlineData("https://BANK.example", true)]
    [InlineData("https://bank.example:443", true)]
    [InlineData("https://bank.example:8443", false)]
    [InlineData("http://bank.example", false)]
    [InlineData("https://bank.example.evil.example", false)]
    [InlineData("https://login.bank.example", false)]
    [InlineData("https://bank.example@evil.example", false)]
    [InlineData("https://bank.example/path", false)]
    [InlineData("android:apk-key-hash:abc", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsOurs_Origin_HasToBeThatOfThePortal(string? origin, bool expected) =>
        Assert.Equal(expected, PasskeyOrigin.IsOurs(origin, isInsideAnotherPage: false, new Uri("https://bank.example/")));

    [Fact]
    public void IsOurs_InsideAPageOfAnotherSite_IsRefused() =>
        Assert.False(PasskeyOrigin.IsOurs("https://bank.example", isInsideAnotherPage: true, new Uri("https://bank.example/")));

    [Theory]
    [InlineData("portal.bank.example", true)]
    [InlineData("bank.example", true)]
    [InlineData("example", false)]
    [InlineData("al.bank.example", false)]
    [InlineData("other.example", false)]
    public void Covers_Domain_IsTheHostOrAParent(string domain, bool expected) =>
        Assert.Equal(expected, PasskeyOrigin.Covers(domain, new Uri("https://portal.bank.example")));
}
