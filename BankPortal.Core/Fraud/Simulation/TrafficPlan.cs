namespace BankPortal.Core.Fraud.Simulation;

/// <summary>Who takes part in a simulation and what they do, in order.</summary>
/// <param name="Options">What it was made from.</param>
/// <param name="People">How many customers there are in all: honest ones, then shops, then those that schemes need.</param>
/// <param name="OpeningBalances">What each has at the beginning, in major units.</param>
/// <param name="Trusted">Those the bank has on its trusted list.</param>
/// <param name="CountsFrom">When the days begin that count.</param>
/// <param name="Events">What happens, in order.</param>
public sealed record TrafficPlan(
    SimulationOptions Options, int People, ImmutableArray<decimal> OpeningBalances, ImmutableArray<int> Trusted, DateTimeOffset CountsFrom, ImmutableArray<SimulatedEvent> Events);
