using System.Security.Cryptography;

namespace BankPortal.Core.Common.Documents;

/// <summary>A document as it is kept.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="Hash">Their SHA-256 hash.</param>
/// <param name="KeptAt">When it was kept.</param>
public sealed record KeptDocument(ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Hash, DateTimeOffset KeptAt)
{
    /// <summary>The document of these bytes, with their hash.</summary>
    public static KeptDocument Of(ReadOnlyMemory<byte> content, DateTimeOffset at) => new(content, SHA256.HashData(content.Span), at);
}
