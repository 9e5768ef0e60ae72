namespace BankPortal.Core.Statements;

/// <summary>A statement's file as it is sent.</summary>
/// <param name="Name">What the file is called.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="File">The file in full; <see langword="null"/> when it is written while it is sent.</param>
/// <param name="Pieces">
/// The bytes in order. A file that is written while it is sent reads its movements for this, a bounded number for each piece, and throws
/// <see cref="InvalidDataException"/> in the middle when they do not add up: what was sent until then is not a statement.
/// </param>
public sealed record StatementDownload(
    string Name, string ContentType, StatementFile? File, IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces)
{
    /// <summary>The download of a file that is there in full.</summary>
    internal static StatementDownload Of(StatementFile file) =>
        new(file.Name, file.ContentType, file, new[] { file.Content }.ToAsyncEnumerable());
}
