using System.Buffers.Text;
using System.Text;

namespace BankPortal.Core.Ledger.History;

/// <summary>
/// A place in the history of several accounts and a direction to read from it. All entries have one order: by time, then
/// by account, then by number. Holds nothing that its owner may not see and proves nothing: whose accounts are read is
/// decided by the actor alone.
/// </summary>
/// <param name="Place">The entry to start behind; the place need not be taken by an entry.</param>
/// <param name="AccountId">The account of that entry.</param>
/// <param name="Back">Read against the order of the list, towards its start.</param>
/// <param name="OldestFirst">The order of the list it was made for.</param>
internal sealed record HistoryCursor(EntryPosition Place, string AccountId, bool Back, bool OldestFirst)
{
    private const string Version = "1";
    private const int MaxLength = 200;
    private const int MaxAccountIdLength = 40;

    /// <summary>Whether entries are read from new to old.</summary>
    public bool ReadsNewestFirst => OldestFirst == Back;

    public static HistoryCursor Behind(HistoryLine line, bool back, bool oldestFirst) =>
        new(line.Entry.Position, line.Account.Id, back, oldestFirst);

    /// <summary>The other way from the same place, so that the entry at the place itself is read too.</summary>
    public HistoryCursor Turned()
    {
        var turned = this with { Back = !Back };
        var step = turned.ReadsNewestFirst ? 1 : -1;
        return turned with { Place = Place with { Sequence = Math.Max(0, Place.Sequence + step) } };
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Join(
        '|', Version, Back ? "b" : "f", OldestFirst ? "o" : "n", Place.ToString(), AccountId)));

    public static bool TryParse(string text, out HistoryCursor cursor)
    {
        cursor = null!;
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            return false;
        }

        if (
            Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('|')
                is not [Version, "b" or "f", "o" or "n", var place, var account] parts
            || !EntryPosition.TryParse(place, out var position)
            || position.Sequence == long.MaxValue
            || account.Length is 0 or > MaxAccountIdLength
            || account.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
        {
            return false;
        }

        cursor = new HistoryCursor(position, account, parts[1] == "b", parts[2] == "o");

        // One place has one spelling; anything else was not written by us.
        return cursor.ToString() == text;
    }

    /// <summary>The stretch of one account's entries that lies behind this place.</summary>
    public EntryQuery Narrow(EntryQuery query)
    {
        var byAccount = string.CompareOrdinal(query.AccountId, AccountId);
        if (byAccount == 0)
        {
            return query with { After = Place };
        }

        // Entries of another account at the very same time come before or behind as a whole.
        var next = Place.PostedAt.UtcTicks < DateTimeOffset.MaxValue.UtcTicks ? Place.PostedAt.AddTicks(1) : Place.PostedAt;
        return ReadsNewestFirst
            ? query with { Before = Earlier(query.Before, byAccount < 0 ? next : Place.PostedAt) }
            : query with { From = Later(query.From, byAccount < 0 ? next : Place.PostedAt) };
    }

    private static DateTimeOffset Earlier(DateTimeOffset? bound, DateTimeOffset at) => bound is { } b && b < at ? b : at;

    private static DateTimeOffset Later(DateTimeOffset? bound, DateTimeOffset at) => bound is { } b && b > at ? b : at;
}
