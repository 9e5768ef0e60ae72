namespace BankPortal.Core.Fraud.Simulation;

/// <summary>The customers of a simulation and their actions in order of time.</summary>
/// <param name="Options">The options the plan was made from.</param>
/// <param name="People">The total number of customers: honest ones, then shops, then those that schemes need.</param>
/// <param name="OpeningBalances">The opening balance of each customer, in major units.</param>
/// <param name="Trusted">The numbers of the customers on the trusted list.</param>
/// <param name="CountsFrom">The start of the evaluated days.</param>
/// <param name="Events">The actions in order of time.</param>
public sealed record TrafficPlan(
    SimulationOptions Options,
    int People,
    ImmutableArray<decimal> OpeningBalances,
    ImmutableArray<int> Trusted,
    DateTimeOffset CountsFrom,
    ImmutableArray<SimulatedEvent> Events);
