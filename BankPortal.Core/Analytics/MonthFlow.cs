namespace BankPortal.Core.Analytics;

/// <summary>A calendar month of the bank and what came in and went out in it.</summary>
/// <param name="First">The month's first day.</param>
/// <param name="Flow">What came in and went out.</param>
public sealed record MonthFlow(DateOnly First, CashFlow Flow);
