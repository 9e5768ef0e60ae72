namespace BankPortal.Web.Features.Analytics;

/// <summary>The balances at the end of a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Total">All accounts together.</param>
/// <param name="Values">Each account that is shown, <see langword="null"/> before it was opened; empty where only the total is
/// wanted.</param>
public readonly record struct BalancePoint(DateOnly Day, decimal Total, ImmutableArray<decimal?> Values);
