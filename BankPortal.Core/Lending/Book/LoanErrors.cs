namespace BankPortal.Core.Lending.Book;

/// <summary>The loan is not being repaid: it is not paid out yet, or it has ended.</summary>
public sealed record LoanNotActiveError() : Error("This loan is not being repaid, so nothing can be changed on it.");

/// <summary>What is due has to be paid before the plan can change.</summary>
/// <param name="Due">What is due.</param>
public sealed record DueFirstError(Money Due)
    : Error($"First pay what is due now: {Due.Format(CultureInfo.CurrentCulture)}.");

/// <summary>The amount repays the whole loan, which has its own figure because of the interest so far.</summary>
/// <param name="PayOff">What repays the loan today.</param>
public sealed record RepaysAllError(Money PayOff)
    : Error($"This is all that is left. To repay the loan completely today, choose full repayment: {PayOff.Format(CultureInfo.CurrentCulture)}.")
{
    /// <inheritdoc/>
    public override string? Field => "amount";
}

/// <summary>An instalment is paid in the loan's currency.</summary>
/// <param name="Currency">The loan's currency.</param>
public sealed record InstalmentCurrencyError(Currency Currency)
    : Error($"This loan is in {Currency.Code}, so it can only be repaid in {Currency.Code}.")
{
    /// <inheritdoc/>
    public override string? Field => "amount";
}
