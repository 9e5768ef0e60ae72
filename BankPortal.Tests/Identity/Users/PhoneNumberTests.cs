namespace BankPortal.Tests.Identity.Users;

[UnitTest]
public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+61412345678", "+61412345678")]
    [InlineData("  +61 412 345 678 ", "+61412345678")]
    [InlineData("0061 412-345-678", "+61412345678")]
    [InlineData("+44 (0)20 7946 0000", "+442079460000")]
    [InlineData("+1 (555) 010.9999", "+15550109999")]
    [InlineData("+49/30/901820", "+4930901820")]
    public void TryNormalize_InternationalNumber_GivesE164(string input, string expected)
    {
        Assert.True(PhoneNumber.TryNormalize(input, country: null, out var normalized));
        Assert.Equal(expected, normalized);
    }

    [Theory]
    [InlineData("0412 345 678", "AU", "+61412345678")]
    [InlineData("(202) 555-0143", "US", "+12025550143")]
    [InlineData("030 901820", "DE", "+4930901820")]
    [InlineData("06 1234 5678", "IT", "+390612345678")]
    [InlineData("+44 20 7946 0000", "DE", "+442079460000")]
    public void TryNormalize_NationalNumberOfAKnownCountry_GivesE164(string input, string country, string expected)
    {
        Assert.True(PhoneNumber.TryNormalize(input, country, out var normalized));
        Assert.Equal(expected, normalized);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("0412 345 678")]
    [InlineData("412345678")]
    [InlineData("+6141")]
    [InlineData("+123456789012345")]
    [InlineData("+1234567890123456")]
    [InlineData("+0412345678")]
    [InlineData("+999 412 345 678")]
    [InlineData("000412345678")]
    [InlineData("+61 412 345 67x")]
    [InlineData("++61412345678")]
    [InlineData("61+412345678")]
    [InlineData("+61412345678;ext=1")]
    [InlineData("+６１４１２３４５６７８")]
    [InlineData("1-800-FLOWERS")]
    public void TryNormalize_NoNumberAndNoCountry_Refuses(string? input) =>
        Assert.False(PhoneNumber.TryNormalize(input, country: null, out _));

    [Theory]
    [InlineData("0412 345 678", "US")]
    [InlineData("(202) 555-0143", "AU")]
    public void TryNormalize_NationalNumberOfAnotherCountry_Refuses(string input, string country) =>
        Assert.False(PhoneNumber.TryNormalize(input, country, out _));

    [Fact]
    public void TryNormalize_EndlessInput_Refuses() =>
        Assert.False(PhoneNumber.TryNormalize("+61412345678" + new string(' ', 20) + new string('-', 100), "AU", out _));

    [Theory]
    [InlineData("en-AU", "AU")]
    [InlineData("de-DE", "DE")]
    [InlineData("en", null)]
    [InlineData("", null)]
    public void CountryOf_Culture_IsItsCountry(string culture, string? expected) =>
        Assert.Equal(expected, PhoneNumber.CountryOf(CultureInfo.GetCultureInfo(culture)));

    [Fact]
    public void Example_OfEveryCountryWeSupport_IsAcceptedThere()
    {
        foreach (var culture in Web.Hosting.Culture.SupportedCultures.Cultures)
        {
            var country = PhoneNumber.CountryOf(culture);

            Assert.True(PhoneNumber.TryNormalize(PhoneNumber.Example(country), country, out _), culture.Name);
        }
    }
}
