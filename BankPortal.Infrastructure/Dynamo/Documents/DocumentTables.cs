namespace BankPortal.Infrastructure.Dynamo.Documents;

/// <summary>The table of kept documents.</summary>
public static class DocumentTables
{
    /// <summary>
    /// Kept documents: the row <c>name#head</c> with hash, size and, if it is short, the content; otherwise the content is in rows
    /// <c>name#hash#0000</c>. Never changed; receipts of customers can be removed by them.
    /// </summary>
    public static TableSpec Documents { get; } = new("BankingDocuments", KeySpec.S("document_id"), KeySpec.S("part_key"));

    /// <summary>All tables of kept documents.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Documents];
}
