using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace BankPortal.Infrastructure.Statements.Pdf;

/// <summary>
/// The typeface of statements: Source Sans 3 (SIL Open Font License), whose figures all have the same width, from the folder
/// <c>fonts</c> beside the program. What it lacks is taken from other typefaces: DejaVu Sans (more scripts and signs), Noto Emoji and Noto
/// Sans SC (Chinese and Japanese). Only what is used of them is put into a file.
/// </summary>
internal sealed class StatementFonts : IFontResolver
{
    private const string Family = "Statement";
    private const string Regular = "SourceSans3_400Regular.ttf";
    private const string SemiBold = "SourceSans3_600SemiBold.ttf";

    private static readonly string[] Others = ["DejaVuSans.ttf", "NotoEmoji_400Regular.ttf", "NotoSansSC_400Regular.ttf"];

    // Read when a text first needs them: the last one has ten megabytes.
    private static readonly ImmutableArray<Lazy<FontCoverage>> Coverage =
        [.. Others.Prepend(Regular).Select(file => new Lazy<FontCoverage>(() => new FontCoverage(Read(file))))];

    private static readonly XPdfFontOptions Options = new(PdfFontEncoding.Unicode);

    static StatementFonts() => GlobalFontSettings.FontResolver = new StatementFonts();

    /// <summary>A size of the text.</summary>
    public static XFont Text(double size) => new(Family, size, XFontStyleEx.Regular, Options);

    /// <summary>A size of what stands out.</summary>
    public static XFont Strong(double size) => new(Family, size, XFontStyleEx.Bold, Options);

    /// <summary>Divides text into pieces, each with the typeface that has its characters, in the order in which they are drawn.</summary>
    public static IEnumerable<(string Text, XFont Font)> Divide(string text, XFont font) =>
        PrintedText.Divide(text, Coverage).Select(piece => (
            piece.Text, piece.Font == 0 ? font : new XFont(Others[piece.Font - 1], font.Size, XFontStyleEx.Regular, Options)));

    /// <summary>Whether there are characters in the text that no typeface has.</summary>
    public static bool Lacks(string text) =>
        PrintedText.Divide(text, Coverage).Exists(piece => piece.Text.Contains(PrintedText.Missing, StringComparison.Ordinal));

    /// <inheritdoc/>
    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) =>
        familyName == Family ? new FontResolverInfo(isBold ? SemiBold : Regular)
        : Others.Contains(familyName, StringComparer.Ordinal) ? new FontResolverInfo(familyName)
        : null;

    /// <inheritdoc/>
    public byte[]? GetFont(string faceName) => Read(faceName);

    private static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fonts", file));
}
