using System.Text.Json.Serialization;

namespace BankPortal.Core.Ledger.Notes;

/// <summary>
/// What one customer keeps with one transaction: a note and receipts. Each party of a transaction has its own; nobody else sees it, staff
/// included.
/// </summary>
public sealed record TransactionNote
{
    /// <summary>The longest note, in characters.</summary>
    public const int MaxLength = 500;

    /// <summary>The most lines of a note.</summary>
    public const int MaxLines = 20;

    /// <summary>The most receipts of one transaction.</summary>
    public const int MaxReceipts = 5;

    /// <summary>The version that is stored; zero when nothing is.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>The note, its lines apart by line feeds; empty when there is none.</summary>
    public string Text { get; init; } = "";

    /// <summary>The receipts, in the order in which they were added.</summary>
    public ImmutableArray<Receipt> Receipts { get; init; } = [];
}

/// <summary>A file that a customer keeps with a transaction.</summary>
/// <param name="Id">The beginning of the content's SHA-256 hash in hexadecimal digits: the same file twice is one receipt.</param>
/// <param name="Name">The file's name, with the ending of its type.</param>
/// <param name="Type">What it is, by its content.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="AddedAt">When it was added.</param>
public sealed record Receipt(string Id, string Name, ReceiptType Type, int Size, DateTimeOffset AddedAt);

/// <summary>A receipt with its content.</summary>
/// <param name="Receipt">What is known of it.</param>
/// <param name="Content">The bytes.</param>
/// <param name="Hash">Their SHA-256 hash.</param>
public sealed record ReceiptFile(Receipt Receipt, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Hash);
