namespace BankPortal.Core.Statements;

/// <summary>One entry of a statement.</summary>
public sealed record StatementMovement
{
    /// <summary>Its id, derived from the transfer and the side: no other movement of the bank ever has it.</summary>
    public required string Id { get; init; }

    /// <summary>The transfer it is a side of.</summary>
    public required string TransferId { get; init; }

    /// <summary>Its number in the account.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was posted, in the bank's time zone.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Signed: positive for a credit to the account.</summary>
    public required Money Amount { get; init; }

    /// <summary>The balance after it.</summary>
    public required Money Balance { get; init; }

    /// <summary>Why the money moved.</summary>
    public required TransferKind Kind { get; init; }

    /// <summary>Whether both sides belong to the account's owner.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>Who is on the other side; may be empty.</summary>
    public required string Counterparty { get; init; }

    /// <summary>What the person wrote; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>The bank's day of the movement.</summary>
    public DateOnly Day => DateOnly.FromDateTime(At.DateTime);

    /// <summary>The id of the movement that is one side of a transfer.</summary>
    /// <param name="transferId">The transfer.</param>
    /// <param name="isDebit">Whether it is the debited side.</param>
    public static string IdOf(string transferId, bool isDebit) => DerivedId.From("movement", transferId, isDebit ? "debit" : "credit");

    /// <summary>The movement of an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="zone">The bank's time zone.</param>
    public static StatementMovement Of(Entry entry, TimeZoneInfo zone) => new()
    {
        Id = IdOf(entry.TransferId, entry.Amount.IsNegative),
        TransferId = entry.TransferId,
        Sequence = entry.Sequence,
        At = TimeZoneInfo.ConvertTime(entry.PostedAt, zone),
        Amount = entry.Amount,
        Balance = entry.BalanceAfter,
        Kind = entry.Kind,
        IsOwn = entry.IsOwnTransfer,
        Counterparty = TextInput.Clean(entry.Counterparty),
        Description = TextInput.Clean(entry.Description),
    };
}
