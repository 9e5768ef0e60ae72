namespace BankPortal.Core.Common.Events;

/// <summary>
/// What the event of a ledger commit says about each of its transfers, written in a short form because it is part of the hottest
/// transaction. Everything else is read from the transfer's row.
/// </summary>
/// <param name="TransferId">The transfer.</param>
/// <param name="Status">Its status after the commit.</param>
/// <param name="Settles">Whether the transfer was held before.</param>
/// <param name="DebitAfter">The debited account's balance after the entry, in minor units; <see langword="null"/> without an entry of a
/// customer.</param>
/// <param name="CreditAfter">As <paramref name="DebitAfter"/>, for the credited account.</param>
/// <param name="HighValues">The largest number of high-value movements within 24 hours on an account of the commit.</param>
public sealed record LedgerFacts(
    string TransferId, string Status, bool Settles, long? DebitAfter, long? CreditAfter, int HighValues)
{
    /// <summary>The name of the fact that holds the text.</summary>
    public const string Name = "t";

    private const char Field = ':';
    private const char Row = ';';

    /// <summary>Writes the facts of a commit.</summary>
    public static string Write(IEnumerable<LedgerFacts> all) => string.Join(Row, all.Select(facts => string.Create(
        CultureInfo.InvariantCulture,
        $"{facts.TransferId}{Field}{facts.Status}{Field}{(facts.Settles ? 1 : 0)}{Field}{facts.DebitAfter}{Field}{facts.CreditAfter}{Field}{facts.HighValues}")));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static ImmutableArray<LedgerFacts> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split(Row).Select(row => row.Split(Field) is [var id, var status, var settles, var debit, var credit, var high]
            ? new LedgerFacts(id, status, settles == "1", LongOf(debit), LongOf(credit), int.Parse(high, CultureInfo.InvariantCulture))
            : throw new FormatException("The facts of a ledger commit have an unexpected form."))];
    }

    private static long? LongOf(string text) => text.Length == 0 ? null : long.Parse(text, CultureInfo.InvariantCulture);
}
