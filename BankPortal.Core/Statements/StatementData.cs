using System.Text.Json;

namespace BankPortal.Core.Statements;

/// <summary>
/// A statement as it is kept: JSON with a version. A new version gets a reader of its own; what is kept in an old one is never rewritten.
/// </summary>
internal static class StatementData
{
    private const int Version = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Writes a statement.</summary>
    public static byte[] Write(Statement statement) => JsonSerializer.SerializeToUtf8Bytes(
        new Kept(
            Version,
            statement.Id,
            statement.AccountId,
            statement.Number.Digits,
            statement.Type.ToString(),
            statement.AccountName,
            statement.Holder,
            statement.Bank,
            statement.Period.From,
            statement.Period.To,
            statement.Start,
            statement.End,
            statement.AsOf,
            statement.Currency.Code,
            statement.Opening.MinorUnits,
            statement.Closing.MinorUnits,
            statement.TotalIn.MinorUnits,
            statement.TotalOut.MinorUnits,
            statement.Interest.MinorUnits,
            statement.Fees.MinorUnits,
            statement.CountIn,
            statement.CountOut,
            [
                .. statement.Movements.Select(movement => new KeptMovement(
                    movement.Id,
                    movement.TransferId,
                    movement.Sequence,
                    movement.At,
                    movement.Amount.MinorUnits,
                    movement.Balance.MinorUnits,
                    movement.Kind.ToString(),
                    movement.IsOwn,
                    movement.Counterparty,
                    movement.Description)),
            ]),
        Json);

    /// <summary>Reads what <see cref="Write"/> wrote, in this version of the portal or an earlier one.</summary>
    /// <exception cref="InvalidDataException">It is not a statement, or of a later version.</exception>
    public static Statement Read(ReadOnlySpan<byte> utf8)
    {
        var kept = JsonSerializer.Deserialize<Kept>(utf8, Json) is { Version: Version } known
            ? known
            : throw new InvalidDataException("The kept statement is of a version that this portal does not know.");
        var currency = Currency.Of(kept.Currency);
        return new Statement
        {
            Id = kept.Id,
            AccountId = kept.AccountId,
            Number = AccountNumber.Parse(kept.Number),
            Type = Enum.Parse<AccountType>(kept.Type),
            AccountName = kept.AccountName,
            Holder = kept.Holder,
            Bank = kept.Bank,
            Period = new StatementPeriod(kept.From, kept.To),
            Start = kept.Start,
            End = kept.End,
            AsOf = kept.AsOf,
            IsProvisional = false,
            Opening = new Money(kept.Opening, currency),
            Closing = new Money(kept.Closing, currency),
            TotalIn = new Money(kept.TotalIn, currency),
            TotalOut = new Money(kept.TotalOut, currency),
            Interest = new Money(kept.Interest, currency),
            Fees = new Money(kept.Fees, currency),
            CountIn = kept.CountIn,
            CountOut = kept.CountOut,
            Movements =
            [
                .. kept.Movements.Select(movement => new StatementMovement
                {
                    Id = movement.Id,
                    TransferId = movement.TransferId,
                    Sequence = movement.Sequence,
                    At = movement.At,
                    Amount = new Money(movement.Amount, currency),
                    Balance = new Money(movement.Balance, currency),
                    Kind = Enum.Parse<TransferKind>(movement.Kind),
                    IsOwn = movement.IsOwn,
                    Counterparty = movement.Counterparty,
                    Description = movement.Description,
                }),
            ],
        };
    }

    private sealed record Kept(
        int Version,
        string Id,
        string AccountId,
        string Number,
        string Type,
        string AccountName,
        string Holder,
        StatementBank Bank,
        DateOnly From,
        DateOnly To,
        DateTimeOffset Start,
        DateTimeOffset End,
        DateTimeOffset AsOf,
        string Currency,
        long Opening,
        long Closing,
        long TotalIn,
        long TotalOut,
        long Interest,
        long Fees,
        int CountIn,
        int CountOut,
        KeptMovement[] Movements);

    private sealed record KeptMovement(
        string Id,
        string TransferId,
        long Sequence,
        DateTimeOffset At,
        long Amount,
        long Balance,
        string Kind,
        bool IsOwn,
        string Counterparty,
        string Description);
}
