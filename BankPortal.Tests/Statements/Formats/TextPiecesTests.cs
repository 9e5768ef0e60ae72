using BankPortal.Infrastructure.Statements.Formats;

namespace BankPortal.Tests.Statements.Formats;

[UnitTest]
public sealed class TextPiecesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("exactly twelve characters and then some more of them, up to the end")]
    [InlineData("------------------------------------------")]
    [InlineData("a b c d e f g h i j k l m n o p q r s t u v w x y z")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀")]
    [InlineData("                                              ")]
    public void Of_AnyText_GivesPiecesThatAreTheTextAgain(string text)
    {
        foreach (var size in new[] { 2, 12, 13, 32, 65 })
        {
            var pieces = TextPieces.Of(text, size, SwiftText.MayStart).ToList();

            Assert.Equal(text, string.Concat(pieces));
            Assert.All(pieces, piece =>
            {
                Assert.InRange(piece.Length, text.Length == 0 ? 0 : 1, size);
                Assert.False(piece.Length > 0 && (char.IsLowSurrogate(piece[0]) || char.IsHighSurrogate(piece[^1])));
            });
        }
    }

    [Fact]
    public void Of_TextWithSpaces_IsNotCutBesideOne()
    {
        var text = string.Join(' ', Enumerable.Range(1, 60).Select(i => new string('x', (i % 7) + 1)));

        var pieces = TextPieces.Of(text, 65).ToList();

        Assert.All(pieces, piece => Assert.Equal(piece.Trim(), piece));
        Assert.Equal(text, string.Concat(pieces.Select(piece => piece.Trim())));
    }

    [Theory]
    [InlineData("Łukasz Żółć & Søn, Größe", "Lukasz Zolc + Son, Grosse")]
    [InlineData("50 € @ home_office", "50 EUR (at) home-office")]
    [InlineData("привет", "......")]
    [InlineData("plain (text): 1+1", "plain (text): 1+1")]
    public void SwiftText_AnyText_IsInTheCharacterSet(string text, string expected) => Assert.Equal(expected, SwiftText.Of(text, 100));

    [Fact]
    public void SwiftText_ThatWouldGrowTooLong_KeepsItsLength() =>
        Assert.Equal(new string('E', 80), SwiftText.Of(new string('€', 80), 100));
}
