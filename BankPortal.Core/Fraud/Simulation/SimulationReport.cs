namespace BankPortal.Core.Fraud.Simulation;

/// <summary>How the rules in force performed on simulated traffic, in the evaluated days.</summary>
/// <param name="Normal">The number of assessed movements of honest customers.</param>
/// <param name="NormalFlagged">How many of them were alerted, held or blocked.</param>
/// <param name="NormalHeld">How many of them were held or blocked.</param>
/// <param name="Typologies">The results for each typology.</param>
/// <param name="Rules">How often each rule fired on honest movements and on those of schemes.</param>
/// <param name="Refused">Movements refused for other reasons, such as insufficient funds.</param>
/// <param name="TimeToAssess">The time an assessment added to a transfer: median and 95th percentile.</param>
public sealed record SimulationReport(
    int Normal,
    int NormalFlagged,
    int NormalHeld,
    ImmutableArray<TypologyResult> Typologies,
    ImmutableSortedDictionary<string, (int Normal, int Schemes)> Rules,
    int Refused,
    (TimeSpan Median, TimeSpan P95) TimeToAssess)
{
    /// <summary>The share of honest movements that were flagged (false positive rate).</summary>
    public double FalsePositiveRate => Normal == 0 ? 0 : (double)NormalFlagged / Normal;
}

/// <summary>How the rules performed on one typology.</summary>
/// <param name="Typology">The typology.</param>
/// <param name="Schemes">The number of schemes.</param>
/// <param name="Caught">The number of schemes with at least one transfer alerted, held or blocked.</param>
/// <param name="Movements">The number of movements of the schemes.</param>
/// <param name="Flagged">How many of them were alerted, held or blocked.</param>
public sealed record TypologyResult(Typology Typology, int Schemes, int Caught, int Movements, int Flagged)
{
    /// <summary>The share of schemes that were caught.</summary>
    public double Recall => Schemes == 0 ? 0 : (double)Caught / Schemes;
}
