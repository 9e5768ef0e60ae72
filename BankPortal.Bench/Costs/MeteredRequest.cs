namespace BankPortal.Bench.Costs;

/// <summary>One request and what it took.</summary>
/// <param name="Operation">The operation's name.</param>
/// <param name="Detail">The tables, and what was done to items of which size.</param>
/// <param name="Computed">The units by the documented rules.</param>
/// <param name="Reported">The units that the engine reports; <see langword="null"/> where it reports none.</param>
/// <param name="Start">Its place among the events.</param>
/// <param name="End">The place of its end.</param>
internal sealed record MeteredRequest(string Operation, string Detail, Units Computed, decimal? Reported, long Start, long End);
