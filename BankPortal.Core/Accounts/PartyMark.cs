using System.Security.Cryptography;
using System.Text;

namespace BankPortal.Core.Accounts;

/// <summary>
/// A short mark of an account for telling counterparties apart inside another account's row, where a whole id would cost
/// five times as much. Two accounts share a mark once in four thousand million pairs; what rests on it is a question
/// ("is this a duplicate?") or a count of distinct parties, never whose money moves.
/// </summary>
public static class PartyMark
{
    /// <summary>The mark of an account id: the first 32 bits of its SHA-256.</summary>
    public static uint Of(string accountId)
    {
        Span<byte> utf8 = stackalloc byte[128];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var bytes = accountId.Length <= 40 ? utf8[..Encoding.UTF8.GetBytes(accountId, utf8)] : Encoding.UTF8.GetBytes(accountId);
        SHA256.HashData(bytes, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
}
