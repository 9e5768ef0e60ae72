using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace BankPortal.Infrastructure.Statements.Pdf;

/// <summary>
/// The typeface of statements: Source Sans 3 (SIL Open Font License), whose figures all have the same width, from the folder
/// <c>fonts</c> beside the program. Only what is used of it is put into a file.
/// </summary>
internal sealed class StatementFonts : IFontResolver
{
    private const string Family = "Statement";
    private const string Regular = "SourceSans3_400Regular.ttf";
    private const string SemiBold = "SourceSans3_600SemiBold.ttf";

    private static readonly XPdfFontOptions Options = new(PdfFontEncoding.Unicode);

    static StatementFonts() => GlobalFontSettings.FontResolver = new StatementFonts();

    /// <summary>A size of the text.</summary>
    public static XFont Text(double size) => new(Family, size, XFontStyleEx.Regular, Options);

    /// <summary>A size of what stands out.</summary>
    public static XFont Strong(double size) => new(Family, size, XFontStyleEx.Bold, Options);

    /// <inheritdoc/>
    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) =>
        familyName == Family ? new FontResolverInfo(isBold ? SemiBold : Regular) : null;

    /// <inheritdoc/>
    public byte[]? GetFont(string faceName) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fonts", faceName));
}
