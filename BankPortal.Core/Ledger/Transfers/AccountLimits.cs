namespace BankPortal.Core.Ledger.Transfers;

/// <summary>What may leave an account, in major units of its own currency. Transfers between own accounts are free of limits.</summary>
public sealed class AccountLimits
{
    /// <summary>The most that one withdrawal or transfer may be.</summary>
    public decimal PerTransfer { get; set; } = 10_000m;

    /// <summary>The most that withdrawals and transfers may add up to in one day of the bank's calendar.</summary>
    public decimal PerDay { get; set; } = 20_000m;

    /// <summary>The most that may be paid in at once.</summary>
    public decimal PerDeposit { get; set; } = 50_000m;

    /// <summary>A limit as money of an account.</summary>
    public static Money In(decimal limit, Currency currency) => Money.Of(Math.Floor(limit), currency);
}

/// <summary>An account's limits and how much of them is used, for telling people before they run into one.</summary>
/// <param name="PerTransfer">The most that one movement may be.</param>
/// <param name="PerDay">The most for a day.</param>
/// <param name="UsedToday">How much of that is used.</param>
/// <param name="LeftToday">How much of it is left, never negative.</param>
/// <param name="PerDeposit">The most that may be paid in at once.</param>
public sealed record RemainingLimits(Money PerTransfer, Money PerDay, Money UsedToday, Money LeftToday, Money PerDeposit);
