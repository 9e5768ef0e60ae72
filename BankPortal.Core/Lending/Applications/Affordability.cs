namespace BankPortal.Core.Lending.Applications;

/// <summary>What the ledger says about how a customer could pay an instalment. Amounts in the loan's currency.</summary>
/// <param name="Months">How many full months were looked at; 0 when there is no full month yet.</param>
/// <param name="MonthlyIn">The average income of a month, without own transfers and loans.</param>
/// <param name="MonthlyOut">The average spending of a month, without own transfers and loans.</param>
/// <param name="ExistingInstalments">The instalments of the customer's other loans.</param>
/// <param name="NewInstalment">The largest instalment of this loan.</param>
public sealed record Affordability(int Months, Money MonthlyIn, Money MonthlyOut, Money ExistingInstalments, Money NewInstalment)
{
    /// <summary>All instalments as a share of income, in percent with one decimal; <see langword="null"/> without income.</summary>
    public decimal? DebtToIncome => MonthlyIn.IsPositive
        ? decimal.Round(
            (ExistingInstalments.MinorUnits + NewInstalment.MinorUnits) * 100m / MonthlyIn.MinorUnits, 1, MidpointRounding.AwayFromZero)
        : null;

    /// <summary>What is left of a month after spending and all instalments; negative when it is not enough.</summary>
    public Money Left => MonthlyIn - MonthlyOut - ExistingInstalments - NewInstalment;
}
