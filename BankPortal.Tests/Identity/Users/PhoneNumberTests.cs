namespace BankPortal.Tests.Identity.Users;

[UnitTest]
public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+61412345678", "+61412345678"), InlineData("  +61 412 345 678 ", "+61412345678")]
    [InlineData("0061 412-345-678", "+61412345678"), InlineData("+44 (0)20 7946 0000", "+442079460000")]
    [InlineData("+1 (555) 010.9999", "+15550109999"), InlineData("+49/30/901820", "+4930901820")]
    [InlineData("+123456789012345", "+123456789012345")]
    public void TryNormalize_FriendlyInternationalForm_GivesE164(string input, string expected)
    {
        Assert.True(PhoneNumber.TryNormalize(input, out var normalized));
        Assert.Equal(expected, normalized);
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("   "), InlineData("0412 345 678"), InlineData("412345678")]
    [InlineData("+6141"), InlineData("+1234567890123456"), InlineData("+0412345678"), InlineData("000412345678")]
    [InlineData("+61 412 345 67x"), InlineData("61+412345678"), InlineData("++61412345678")]
    [InlineData("+61412345678;ext=1"), InlineData("+６１４１２３４５６７８")]
    public void TryNormalize_NotANumberWithCountryCode_Refuses(string? input) =>
        Assert.False(PhoneNumber.TryNormalize(input, out _));

    [Fact]
    public void TryNormalize_EndlessInput_Refuses() =>
        Assert.False(PhoneNumber.TryNormalize("+61412345678" + new string(' ', 20) + new string('-', 100), out _));
}
