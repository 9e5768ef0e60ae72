using System.Text;
using BankPortal.Infrastructure.Statements.Pdf;

namespace BankPortal.Tests.Statements.Formats;

/// <summary>Which typeface shows which characters of a PDF, in which form and order.</summary>
[UnitTest]
public sealed class PrintedTextTests
{
    private static readonly ImmutableArray<Lazy<FontCoverage>> Fonts =
    [
        .. new[] { "SourceSans3_400Regular.ttf", "DejaVuSans.ttf", "NotoEmoji_400Regular.ttf", "NotoSansSC_400Regular.ttf" }
            .Select(file => new Lazy<FontCoverage>(() =>
                new FontCoverage(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fonts", file))))),
    ];

    [Theory]
    [InlineData("Blue Café", "Blue Café/0")]
    [InlineData("Ольга 😀", "Ольга /0 😀/1")]
    [InlineData("Pizza 🍕🍕 today", "Pizza /0 🍕🍕/2  today/0")]
    [InlineData("王小明", "王小明/3")]
    [InlineData("カフェ 12", "カフェ/3  12/0")]
    [InlineData("👍🏽 ❤️", "👍/2  ❤/0")] // the tone of skin and the selector of the variant are not drawn
    [InlineData("한국 now", "[U+D55C U+AD6D] now/0")] // no typeface has it: the numbers of the characters
    [InlineData("now 한", "now [U+D55C]/0")]
    [InlineData("한王", "[U+D55C]/0 王/3")]
    [InlineData("Żółć Ελλάδα Київ €", "Żółć Ελλάδα Київ €/0")]
    public void Divide_TextOfManyScripts_GivesEachPieceATypefaceThatHasIt(string text, string expected)
    {
        var pieces = PrintedText.Divide(text, Fonts);

        Assert.Equal(expected, string.Join(' ', pieces.Select(piece => string.Create(CultureInfo.InvariantCulture, $"{piece.Text}/{piece.Font}"))));
        foreach (var (piece, font) in pieces)
        {
            Assert.All(piece.EnumerateRunes(), rune => Assert.True(Fonts[font].Value.Has(rune), rune.ToString()));
        }
    }

    [Theory]
    [InlineData("سلام", "\uFEE1\uFEFC\uFEB3")] // seen joins lam-alef, which joins nothing after it
    [InlineData("بيت", "\uFE96\uFEF4\uFE91")]
    [InlineData("دار", "\uFEAD\uFE8D\uFEA9")] // letters that join nothing after them
    [InlineData("שלום", "םולש")]
    [InlineData("Rent שלום 12 שלום ok", "Rent םולש 12 םולש ok")]
    [InlineData("שלום 12", "12 םולש")] // a number after such a text belongs to it
    [InlineData("שלום (12) abc", "(12) םולש abc")] // a bracket is closed where it was opened
    [InlineData("plain", "plain")]
    public void Visual_TextFromRightToLeft_IsInTheOrderAndFormsOfDrawing(string text, string expected) =>
        Assert.Equal(expected, PrintedText.Visual(text));

    [Fact]
    public void Divide_Nothing_IsOneEmptyPiece() => Assert.Equal([("", 0)], PrintedText.Divide("", Fonts));

    [Fact]
    public void Coverage_OfTheTypeface_HasItsScriptsAndNoOthers()
    {
        Assert.All("AéŁЖΩ€−•".EnumerateRunes(), rune => Assert.True(Fonts[0].Value.Has(rune), rune.ToString()));
        Assert.All("王😀ب".EnumerateRunes(), rune => Assert.False(Fonts[0].Value.Has(rune), rune.ToString()));
        Assert.False(Fonts[3].Value.Has(new Rune(0x10FFFF)));
    }
}
