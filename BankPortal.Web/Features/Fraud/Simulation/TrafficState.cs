namespace BankPortal.Web.Features.Fraud.Simulation;

/// <summary>How the simulated traffic stands.</summary>
/// <param name="IsRunning">Whether it runs.</param>
/// <param name="Done">How many events have happened.</param>
/// <param name="Total">How many there are.</param>
/// <param name="PerSecond">How many happen in a second.</param>
/// <param name="HasFailed">Whether it ended by a fault.</param>
internal sealed record TrafficState(bool IsRunning, int Done, int Total, double PerSecond, bool HasFailed);
