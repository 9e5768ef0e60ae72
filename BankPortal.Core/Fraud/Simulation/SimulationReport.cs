namespace BankPortal.Core.Fraud.Simulation;

/// <summary>How the rules in force did on simulated traffic, in the days that count.</summary>
/// <param name="Normal">Movements of honest customers that were assessed.</param>
/// <param name="NormalFlagged">Those of them that were alerted, held or blocked.</param>
/// <param name="NormalHeld">Those of them that were held or blocked.</param>
/// <param name="Typologies">How the schemes fared.</param>
/// <param name="Rules">How often each rule fired: on honest movements, and on those of schemes.</param>
/// <param name="Refused">Movements that other rules of the bank refused, such as too little money.</param>
/// <param name="TimeToAssess">What an assessment added to a transfer, at the median and the 95th percentile; of what was measured.</param>
public sealed record SimulationReport(
    int Normal,
    int NormalFlagged,
    int NormalHeld,
    ImmutableArray<TypologyResult> Typologies,
    ImmutableSortedDictionary<string, (int Normal, int Schemes)> Rules,
    int Refused,
    (TimeSpan Median, TimeSpan P95) TimeToAssess)
{
    /// <summary>The share of honest movements that were flagged.</summary>
    public double FalsePositiveRate => Normal == 0 ? 0 : (double)NormalFlagged / Normal;
}

/// <summary>How the rules did on one typology.</summary>
/// <param name="Typology">The typology.</param>
/// <param name="Schemes">How many schemes were played.</param>
/// <param name="Caught">Of how many at least one transfer was alerted, held or blocked.</param>
/// <param name="Movements">How many movements the schemes had.</param>
/// <param name="Flagged">How many of them were alerted, held or blocked.</param>
public sealed record TypologyResult(Typology Typology, int Schemes, int Caught, int Movements, int Flagged)
{
    /// <summary>The share of schemes that were caught.</summary>
    public double Recall => Schemes == 0 ? 0 : (double)Caught / Schemes;
}
