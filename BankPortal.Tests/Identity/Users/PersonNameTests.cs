namespace BankPortal.Tests.Identity.Users;

[UnitTest]
public sealed class PersonNameTests
{
    [Theory]
    [InlineData("Ada Lovelace", "Ada Lovelace"), InlineData("  Ada \u00a0 Lovelace ", "Ada Lovelace")]
    [InlineData("Seán O’Néill-Ó Briain Jr.", "Seán O’Néill-Ó Briain Jr."), InlineData("D'Arcy, Anne", "D'Arcy, Anne")]
    [InlineData("李小龍", "李小龍"), InlineData("प्रिया शर्मा", "प्रिया शर्मा"), InlineData("e\u0301ric X", "\u00e9ric X")]
    public void TryNormalize_RealNames_AreKept(string input, string expected)
    {
        Assert.True(PersonName.TryNormalize(input, out var normalized));
        Assert.Equal(expected, normalized);
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("   "), InlineData("A"), InlineData("'-."), InlineData("Ada <b>")]
    [InlineData("Ada\r\nBcc: x"), InlineData("Ada 2"), InlineData("Ada \u202eecalevoL"), InlineData("=cmd|A")]
    public void TryNormalize_NotAName_Refuses(string? input) => Assert.False(PersonName.TryNormalize(input, out _));

    [Fact]
    public void TryNormalize_LoneSurrogate_Refuses() => Assert.False(PersonName.TryNormalize("Ada \ud800", out _));

    [Fact]
    public void TryNormalize_OverHundredCharacters_Refuses() =>
        Assert.False(PersonName.TryNormalize(new string('a', PersonName.MaxLength + 1), out _));
}
