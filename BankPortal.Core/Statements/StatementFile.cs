namespace BankPortal.Core.Statements;

/// <summary>A statement as a file.</summary>
/// <param name="Name">What the file is called.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Hash">Their SHA-256 hash.</param>
/// <param name="IsKept">Whether the same bytes are given for ever; not so for a provisional statement.</param>
public sealed record StatementFile(
    string Name, string ContentType, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Hash, bool IsKept);
