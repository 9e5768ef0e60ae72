using BankPortal.Core.Statements;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace BankPortal.Infrastructure.Statements.Pdf;

/// <summary>
/// A statement as PDF 1.7 on A4: letterhead, sums, the table of movements and page numbers; fonts embedded, with title, language and tags
/// for screen readers. Dates and ids come from the statement, so the same statement gives the same bytes.
/// </summary>
public sealed class PdfStatementWriter : IStatementWriter
{
    /// <inheritdoc/>
    public StatementFormat Format => StatementFormat.Pdf;

    /// <inheritdoc/>
    public string ContentType => "application/pdf";

    /// <inheritdoc/>
    public string Extension => "pdf";

    /// <summary>The most movements: with tags, every cell is an object of the file.</summary>
    public int MaxMovements => 10_000;

    /// <inheritdoc/>
    public byte[] Write(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        using var document = new PdfDocument { PageLayout = PdfPageLayout.OneColumn };
        var made = statement.AsOf.UtcDateTime;
        document.Info.Title = $"Account statement {StatementText.Title(statement.Period)}, account {statement.Number.Grouped}";
        document.Info.Author = statement.Bank.Name;
        document.Info.Subject = $"Statement {statement.Reference}";
        document.Info.CreationDate = made;
        document.Info.ModificationDate = made;
        document.ViewerPreferences.DisplayDocTitle = true;
        var tags = UAManager.ForDocument(document);
        tags.SetDocumentLanguage("en-US");
        new StatementPages(document, tags.StructureBuilder, statement).Draw();
        PdfSettling.Compress(document);
        document.Internals.FirstDocumentID = statement.Id;
        document.Internals.SecondDocumentID = statement.Id;
        using var bytes = new MemoryStream();
        document.Save(bytes, closeStream: false);
        return PdfSettling.Settle(bytes.ToArray(), statement.Id);
    }
}
