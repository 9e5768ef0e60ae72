namespace BankPortal.Core.Fraud.Simulation;

/// <summary>How large a simulation is. The same options give the same plan, always.</summary>
public sealed record SimulationOptions
{
    /// <summary>What chance is drawn from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many honest customers.</summary>
    public int Customers { get; init; } = 120;

    /// <summary>How many shops that many customers pay; the bank knows them and has them on its trusted list.</summary>
    public int Shops { get; init; } = 6;

    /// <summary>Days at the beginning in which nobody does wrong, so that accounts have a past; they do not count.</summary>
    public int WarmUpDays { get; init; } = 30;

    /// <summary>Days that count.</summary>
    public int Days { get; init; } = 30;

    /// <summary>How many schemes of each typology are played in the days that count.</summary>
    public int SchemesOfEach { get; init; } = 10;

    /// <summary>The first day.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
}
