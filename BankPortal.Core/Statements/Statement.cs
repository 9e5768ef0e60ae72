namespace BankPortal.Core.Statements;

/// <summary>
/// The statement of one account over a period. It holds everything that any of its formats shows, so that a kept statement does not
/// change when a name, the letterhead or the code changes. All times have the offset of the bank's time zone.
/// </summary>
public sealed record Statement
{
    /// <summary>Its id, derived from account and days: no other statement ever has it.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's number.</summary>
    public required AccountNumber Number { get; init; }

    /// <summary>Checking or savings.</summary>
    public required AccountType Type { get; init; }

    /// <summary>What the customer called the account when the statement was made.</summary>
    public required string AccountName { get; init; }

    /// <summary>The name of the account's owner.</summary>
    public required string Holder { get; init; }

    /// <summary>The bank's letterhead.</summary>
    public required StatementBank Bank { get; init; }

    /// <summary>The days it covers.</summary>
    public required StatementPeriod Period { get; init; }

    /// <summary>The first moment of the period.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The first moment after the period. A final statement bears this time.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Up to when entries are in it: <see cref="End"/>, or for a provisional one the time it was made.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Whether days of the period are not over: it is not kept, and may change.</summary>
    public required bool IsProvisional { get; init; }

    /// <summary>The balance before the first movement.</summary>
    public required Money Opening { get; init; }

    /// <summary>The balance after the last movement.</summary>
    public required Money Closing { get; init; }

    /// <summary>The sum of all credits.</summary>
    public required Money TotalIn { get; init; }

    /// <summary>The sum of all debits, as a positive amount.</summary>
    public required Money TotalOut { get; init; }

    /// <summary>The interest in it: credits less debits; part of the totals.</summary>
    public required Money Interest { get; init; }

    /// <summary>The fees in it: debits less credits; part of the totals.</summary>
    public required Money Fees { get; init; }

    /// <summary>How many credits it has.</summary>
    public required int CountIn { get; init; }

    /// <summary>How many debits it has.</summary>
    public required int CountOut { get; init; }

    /// <summary>How many movements the period has.</summary>
    public int Count => CountIn + CountOut;

    /// <summary>The movements, oldest first; for a page of a long period only the first ones.</summary>
    public required ImmutableArray<StatementMovement> Movements { get; init; }

    /// <summary>The currency of all amounts.</summary>
    public Currency Currency => Opening.Currency;

    /// <summary>The id in groups of five, as it is printed.</summary>
    public string Reference => string.Join('-', Id.Chunk(5).Select(group => new string(group)));

    /// <summary>The id of the statement of an account over a period.</summary>
    public static string IdOf(string accountId, StatementPeriod period) => DerivedId.From(
        "statement",
        accountId,
        period.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        period.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}

/// <summary>The bank as its statements name it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Address">The address on one line; may be empty.</param>
/// <param name="Contact">How to reach the bank, on one line; may be empty.</param>
/// <param name="Id">Its code in files of programs, such as a routing number.</param>
public sealed record StatementBank(string Name, string Address, string Contact, string Id);
