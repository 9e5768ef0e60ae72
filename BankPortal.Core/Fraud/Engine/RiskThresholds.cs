namespace BankPortal.Core.Fraud.Engine;

/// <summary>From which score on a transfer is alerted, held, blocked.</summary>
/// <param name="Alert">From this score on, somebody is told.</param>
/// <param name="Hold">From this score on, it waits for a decision.</param>
/// <param name="Block">From this score on, it is refused.</param>
public sealed record RiskThresholds(int Alert, int Hold, int Block);
