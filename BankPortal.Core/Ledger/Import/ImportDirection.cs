namespace BankPortal.Core.Ledger.Import;

/// <summary>Whether a file goes from old to new or from new to old.</summary>
internal static class ImportDirection
{
    /// <summary>
    /// How many rows of one account are later than the row before them in the file, less those that are earlier: positive when the
    /// rows go from old to new, negative when they go from new to old, zero when they do not tell.
    /// </summary>
    /// <param name="rows">The rows of one account.</param>
    public static int Of(IEnumerable<ImportRow> rows)
    {
        var direction = 0;
        DateTimeOffset? before = null;
        foreach (var row in rows.OrderBy(row => row.Line))
        {
            direction += before is { } last ? row.At.CompareTo(last) : 0;
            before = row.At;
        }

        return direction;
    }
}
