namespace BankPortal.Tests.Common;

[UnitTest]
public sealed class SearchTextTests
{
    [Theory]
    [InlineData("cafe", "Café Zürich")]
    [InlineData("CAFÉ zurich", "cafe zu\u0308rich")]
    [InlineData("zur caf", "Café Zürich")]
    [InlineData("strasse", "Bahnhofstraße 3")]
    [InlineData("bahnhofstraße", "BAHNHOFSTRASSE 3")]
    [InlineData("lodz", "Łódź")]
    [InlineData("oere", "1 000 ære oere")]
    [InlineData("o'neill", "O’Neill")]
    [InlineData("", "anything")]
    [InlineData("  \t", "anything")]
    [InlineData(null, "anything")]
    public void Matches_SameWordsSpelledDifferently_Finds(string? search, string text) =>
        Assert.True(new SearchText(search).Matches(text));

    [Theory]
    [InlineData("rent", "Salary")]
    [InlineData("rent march", "Rent April")]
    [InlineData("%", "Rent")]
    [InlineData(".*", "Rent")]
    public void Matches_WordMissing_DoesNotFind(string search, string text) =>
        Assert.False(new SearchText(search).Matches(text));

    [Fact]
    public void Matches_WordsInDifferentTexts_Finds() => Assert.True(new SearchText("rent smith").Matches("Rent March", "Ann Smith"));

    [Fact]
    public void Matches_WordAcrossTwoTexts_DoesNotFind() => Assert.False(new SearchText("marchann").Matches("Rent March", "Ann Smith"));

    [Fact]
    public void Fold_HalfASurrogatePair_IsLeftOut() => Assert.Equal("ab", SearchText.Fold("a\ud83db"));
}
