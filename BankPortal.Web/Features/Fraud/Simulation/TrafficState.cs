namespace BankPortal.Web.Features.Fraud.Simulation;

/// <summary>The state of the simulated traffic.</summary>
/// <param name="IsRunning">Whether it runs.</param>
/// <param name="Done">Events so far.</param>
/// <param name="Total">Events in total.</param>
/// <param name="PerSecond">Events per second.</param>
/// <param name="HasFailed">Whether it failed.</param>
internal sealed record TrafficState(bool IsRunning, int Done, int Total, double PerSecond, bool HasFailed);
