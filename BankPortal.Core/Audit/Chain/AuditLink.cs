namespace BankPortal.Core.Audit.Chain;

/// <summary>
/// A link of a chain of the audit log: it covers the rows that were written with it, in the same transaction, and the link before it. A row
/// that is changed, removed or slipped in afterwards no longer fits its link, and a link that is changed no longer fits the next.
/// </summary>
/// <param name="Shard">The chain, from 0; there are <see cref="Shards"/>.</param>
/// <param name="Number">Its number in the chain, from 1 without gaps.</param>
/// <param name="Previous">The hash of the link before; <see cref="AuditHash.None"/> for the first.</param>
/// <param name="At">When it was written.</param>
/// <param name="Rows">The rows it covers, at least one.</param>
/// <param name="Hash">Its hash as stored; the right one is <see cref="AuditHash.Of(AuditLink)"/>.</param>
public sealed record AuditLink(
    int Shard, long Number, string Previous, DateTimeOffset At, ImmutableArray<LinkedRow> Rows, string Hash)
{
    /// <summary>The number of chains. Each process writes to one of them, so that processes do not wait for each other.</summary>
    public const int Shards = 16;

    /// <summary>How a row names its link.</summary>
    public string Name => NameOf(Shard, Number);

    /// <summary>Creates the link that comes after another.</summary>
    /// <param name="shard">The chain.</param>
    /// <param name="last">The last link of the chain; <see langword="null"/> when it has none.</param>
    /// <param name="at">When.</param>
    /// <param name="rows">The rows, which name the new link already.</param>
    public static AuditLink After(int shard, AuditLink? last, DateTimeOffset at, IEnumerable<AuditRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var link = new AuditLink(
            shard,
            (last?.Number ?? 0) + 1,
            last?.Hash ?? AuditHash.None,
            at,
            [.. rows.Select(row => new LinkedRow(row.Key, AuditHash.Of(row)))],
            "");
        return link with { Hash = AuditHash.Of(link) };
    }

    /// <summary>How a row names a link.</summary>
    public static string NameOf(int shard, long number) => string.Create(CultureInfo.InvariantCulture, $"{shard}/{number}");

    /// <summary>Reads what <see cref="NameOf"/> wrote; <see langword="null"/> when it is something else.</summary>
    public static (int Shard, long Number)? Parse(string? name) =>
        name?.Split('/') is [var shard, var number]
        && int.TryParse(shard, NumberStyles.None, CultureInfo.InvariantCulture, out var s)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && s < Shards && n > 0
            ? (s, n)
            : null;
}

/// <summary>A row under a link.</summary>
/// <param name="Key">The row's key.</param>
/// <param name="Hash">Its hash, <see cref="AuditHash.Of(AuditRow)"/>.</param>
public sealed record LinkedRow(AuditRowKey Key, string Hash);
