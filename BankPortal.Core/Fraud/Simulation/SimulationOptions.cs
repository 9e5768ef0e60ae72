namespace BankPortal.Core.Fraud.Simulation;

/// <summary>The size of a simulation. The same options always give the same plan.</summary>
public sealed record SimulationOptions
{
    /// <summary>The seed of the random numbers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The number of honest customers.</summary>
    public int Customers { get; init; } = 120;

    /// <summary>The number of shops that many customers pay; they are on the bank's trusted list.</summary>
    public int Shops { get; init; } = 6;

    /// <summary>Days at the start without fraud that give accounts a history; they are not evaluated.</summary>
    public int WarmUpDays { get; init; } = 30;

    /// <summary>The number of evaluated days.</summary>
    public int Days { get; init; } = 30;

    /// <summary>How many schemes of each typology happen in the evaluated days.</summary>
    public int SchemesOfEach { get; init; } = 10;

    /// <summary>The first day.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
}
