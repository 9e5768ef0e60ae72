namespace BankPortal.Core.Lending.Schedules;

/// <summary>What was agreed for one loan. Never changes after it was signed. Immutable.</summary>
public sealed record LoanTerms
{
    /// <summary>The longest term in months.</summary>
    public const int MaxMonths = 480;

    /// <summary>The amount that is lent.</summary>
    public required Money Amount { get; init; }

    /// <summary>The yearly rate in percent, four decimals at most.</summary>
    public required decimal Rate { get; init; }

    /// <summary>The number of monthly instalments.</summary>
    public required int Months { get; init; }

    /// <summary>How the principal is repaid.</summary>
    public required RepaymentMethod Method { get; init; }

    /// <summary>The fee that is charged when the loan is paid out; zero for none.</summary>
    public required Money ArrangementFee { get; init; }

    /// <summary>The fee for an instalment that is missed, charged once for each; zero for none.</summary>
    public required Money LateFee { get; init; }

    /// <summary>For how many days after its due date an instalment may be paid without being missed.</summary>
    public required int GraceDays { get; init; }

    /// <summary>The instalment of an annuity that another bank agreed; <see langword="null"/> to compute it.</summary>
    public Money? Instalment { get; init; }
}

/// <summary>How the principal of a loan is repaid. Stored by name: members may be added, never renamed.</summary>
public enum RepaymentMethod
{
    /// <summary>Every instalment is the same; its part of principal grows.</summary>
    Annuity,

    /// <summary>Every instalment repays the same principal; its interest falls.</summary>
    EqualPrincipal,
}
