namespace BankPortal.Core.Fraud.Engine;

/// <summary>What a fact means.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Key">How rules name it in stored form and in reasons, such as <c>debit_sum_24h</c>.</param>
/// <param name="Label">How people name it, such as "sum of debits in 24 hours".</param>
/// <param name="Unit">In what it is measured.</param>
/// <param name="Meaning">What exactly is counted, in a sentence.</param>
/// <param name="Choices">The names of a choice, by number; empty for all other units.</param>
public sealed record RiskFactDefinition(RiskFact Fact, string Key, string Label, RiskUnit Unit, string Meaning, ImmutableArray<string> Choices)
{
    /// <summary>Whether conditions compare it by size; otherwise it is only this or not.</summary>
    public bool IsOrdered => Unit is not (RiskUnit.Flag or RiskUnit.Choice);
}
