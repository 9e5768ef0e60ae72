using System.Text;

namespace BankPortal.Tests.Common;

[UnitTest]
public sealed class TextInputTests
{
    [Theory]
    [InlineData(null, ""), InlineData("", ""), InlineData(" \t\r\n ", "")]
    [InlineData("  Rent   for\tMay ", "Rent for May"), InlineData("one\r\ntwo", "one two")]
    [InlineData("a\u00a0b\u2003c", "a b c"), InlineData("a \u200e b", "a b")]
    [InlineData("pay\u202eeno\u202c", "payeno"), InlineData("nul\u0000l", "null"), InlineData("half \ud83d", "half")]
    [InlineData("not a\ufffe character\uffff", "not a character"), InlineData("Cafe\u0301", "Caf\u00e9")]
    [InlineData("Straße 😀", "Straße 😀")]
    public void Clean_WhatPeopleType_BecomesOneLine(string? typed, string expected) => Assert.Equal(expected, TextInput.Clean(typed));

    [Theory]
    [InlineData(null, ""), InlineData(" \r\n\t\n ", ""), InlineData("one", "one")]
    [InlineData("  one \r\n  two  words\t\rthree ", "one\ntwo words\nthree")]
    [InlineData("one\n\n\n\ntwo\n\n", "one\n\ntwo"), InlineData("one\u2028two\u0085three\u000bfour\ffive", "one\ntwo\nthree\nfour\nfive")]
    [InlineData("pay\u202e\neno", "pay\neno")]
    public void CleanLines_WhatPeopleType_KeepsTheLines(string? typed, string expected) =>
        Assert.Equal(expected, TextInput.CleanLines(typed));

    [Fact]
    public void CleanLines_AnyText_IsTidyLinesAndStaysSo() =>
        Properties.Holds(Properties.AnyText, text =>
        {
            var clean = TextInput.CleanLines(text);
            return clean.Split('\n').All(line => line == TextInput.Clean(line)) && clean == TextInput.CleanLines(clean);
        });

    [Fact]
    public void Clean_AnyText_IsOneTidyLine() =>
        Properties.Holds(Properties.AnyText, text =>
        {
            var clean = TextInput.Clean(text);
            return clean.IsNormalized(NormalizationForm.FormC)
                && clean == clean.Trim()
                && !clean.Contains("  ", StringComparison.Ordinal)
                && clean
                    .EnumerateRunes()
                    .All(r =>
                        Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate)
                    );
        });

    [Fact]
    public void Clean_CleanText_LeavesItAlone() =>
        Properties.Holds(Properties.AnyText, text => TextInput.Clean(TextInput.Clean(text)) == TextInput.Clean(text));
}
