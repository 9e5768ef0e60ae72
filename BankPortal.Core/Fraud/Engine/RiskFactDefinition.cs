namespace BankPortal.Core.Fraud.Engine;

/// <summary>The definition of a fact.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Key">The name in stored rules and in reasons, such as <c>debit_sum_24h</c>.</param>
/// <param name="Label">The name on screens, such as "sum of debits in 24 hours".</param>
/// <param name="Unit">The unit of its values.</param>
/// <param name="Meaning">A sentence that says exactly what is measured.</param>
/// <param name="Choices">The names of the values of a choice, by number; empty for all other units.</param>
public sealed record RiskFactDefinition(
    RiskFact Fact, string Key, string Label, RiskUnit Unit, string Meaning, ImmutableArray<string> Choices)
{
    /// <summary>Whether values are ordered, so that "at least" and the like apply; otherwise only "is" and "is not" do.</summary>
    public bool IsOrdered => Unit is not (RiskUnit.Flag or RiskUnit.Choice);
}
