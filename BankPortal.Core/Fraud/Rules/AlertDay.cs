namespace BankPortal.Core.Fraud.Rules;

/// <summary>How much there is to look at on a day.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="Transfers">The transfers of the day.</param>
/// <param name="Live">How many the live set flags.</param>
/// <param name="Draft">How many the draft flags.</param>
public sealed record AlertDay(DateOnly Day, long Transfers, long Live, long Draft);
