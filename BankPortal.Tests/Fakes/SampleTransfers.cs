namespace BankPortal.Tests.Fakes;

/// <summary>Transfers as other processes may have committed them, made without a ledger.</summary>
internal static class SampleTransfers
{
    public static Transfer Make(
        int number,
        DateTimeOffset at,
        decimal amount = 10,
        RiskOutcome outcome = RiskOutcome.Allow,
        params string[] fired
    ) =>
        new()
        {
            Id = DerivedId.From("sample", number.ToString(CultureInfo.InvariantCulture)),
            Kind = TransferKind.Transfer,
            Status = outcome switch
            {
                RiskOutcome.Hold => TransferStatus.Held,
                RiskOutcome.Block => TransferStatus.Blocked,
                _ => TransferStatus.Posted,
            },
            DebitAccountId = "account-a",
            CreditAccountId = "account-b",
            DebitOwnerId = "alice",
            CreditOwnerId = "bob",
            Amount = Money.Of(amount, Currency.Usd),
            Description = "",
            CreditLabel = "Bob",
            DebitLabel = "Alice",
            InitiatorId = "alice",
            ContentHash = "",
            CreatedAt = at,
            PostedAt = outcome is RiskOutcome.Allow or RiskOutcome.Alert ? at : null,
            Risk = new RiskVerdict(outcome, 0, 1, [.. fired], new byte[] { 1 }) { Took = TimeSpan.FromMilliseconds(2) },
        };

    /// <summary>The held transfer, released.</summary>
    public static Transfer Release(this Transfer held, DateTimeOffset at) =>
        held with { Status = TransferStatus.Posted, SettledAt = at, SettledBy = "fay", PostedAt = at, Reason = "genuine" };
}
