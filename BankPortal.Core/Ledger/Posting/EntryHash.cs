using System.Security.Cryptography;
using System.Text;

namespace BankPortal.Core.Ledger.Posting;

/// <summary>
/// Chains the entries of an account: each hash covers the whole entry and the hash before it, so that an entry changed,
/// removed or slipped in behind the portal's back breaks every later link.
/// </summary>
/// <remarks>
/// Canonical form, version 1: the ASCII text <c>bankportal-entry-1</c>, then each field as a netstring
/// (<c>length ":" UTF-8 bytes ","</c>, the length in bytes) in this order: previous hash in lower-case hexadecimal,
/// account id, number, time of posting in ticks of UTC, amount in minor units, balance after in minor units, currency
/// code, transfer id, kind, description, counterparty, <c>own</c> or nothing for a transfer between accounts of one owner
/// or not. The hash is SHA-256 over those bytes.
/// </remarks>
public static class EntryHash
{
    private const string Version = "bankportal-entry-1";

    /// <summary>The hash the entry must carry, given its own fields and its <see cref="Entry.PreviousHash"/>.</summary>
    public static byte[] Compute(Entry entry)
    {
        using var bytes = new MemoryStream(256);
        bytes.Write(Encoding.ASCII.GetBytes(Version));
        Append(bytes, Convert.ToHexStringLower(entry.PreviousHash.Span));
        Append(bytes, entry.AccountId);
        Append(bytes, entry.Sequence.ToString(CultureInfo.InvariantCulture));
        Append(bytes, entry.PostedAt.UtcTicks.ToString(CultureInfo.InvariantCulture));
        Append(bytes, entry.Amount.MinorUnits.ToString(CultureInfo.InvariantCulture));
        Append(bytes, entry.BalanceAfter.MinorUnits.ToString(CultureInfo.InvariantCulture));
        Append(bytes, entry.Amount.Currency.Code);
        Append(bytes, entry.TransferId);
        Append(bytes, entry.Kind.ToString());
        Append(bytes, entry.Description);
        Append(bytes, entry.Counterparty);
        Append(bytes, entry.IsOwnTransfer ? "own" : "");
        return SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>The entry with its hash filled in.</summary>
    public static Entry Seal(Entry entry) => entry with { Hash = Compute(entry) };

    private static void Append(MemoryStream bytes, string field)
    {
        var utf8 = Encoding.UTF8.GetBytes(field);
        bytes.Write(Encoding.ASCII.GetBytes(utf8.Length.ToString(CultureInfo.InvariantCulture)));
        bytes.WriteByte((byte)':');
        bytes.Write(utf8);
        bytes.WriteByte((byte)',');
    }
}
