namespace BankPortal.Core.Fraud.Simulation;

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
