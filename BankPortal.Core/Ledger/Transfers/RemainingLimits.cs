using BankPortal.Core.Common;

namespace BankPortal.Core.Ledger.Transfers;

/// <summary>An account's limits and how much of them is used, for telling people before they run into one.</summary>
/// <param name="PerTransfer">The most that one movement may be.</param>
/// <param name="PerDay">The most for a day.</param>
/// <param name="UsedToday">How much of that is used.</param>
/// <param name="LeftToday">How much of it is left, never negative.</param>
/// <param name="PerDeposit">The most that may be paid in at once.</param>
public sealed record RemainingLimits(Money PerTransfer, Money PerDay, Money UsedToday, Money LeftToday, Money PerDeposit);
