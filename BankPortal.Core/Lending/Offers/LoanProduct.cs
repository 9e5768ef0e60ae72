using BankPortal.Core.Lending.Schedules;

namespace BankPortal.Core.Lending.Offers;

/// <summary>A kind of loan that the bank offers. Loans keep the terms they were signed with. Immutable.</summary>
public sealed record LoanProduct
{
    /// <summary>The stable code, such as <c>personal</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, in one sentence.</summary>
    public required string Description { get; init; }

    /// <summary>The yearly rate in percent, four decimals at most.</summary>
    public required decimal Rate { get; init; }

    /// <summary>How the principal is repaid.</summary>
    public required RepaymentMethod Method { get; init; }

    /// <summary>The smallest amount, in whole units of the currency.</summary>
    public required decimal MinAmount { get; init; }

    /// <summary>The largest amount, in whole units of the currency.</summary>
    public required decimal MaxAmount { get; init; }

    /// <summary>The shortest term in months.</summary>
    public required int MinMonths { get; init; }

    /// <summary>The longest term in months.</summary>
    public required int MaxMonths { get; init; }

    /// <summary>The fee when it is paid out, in percent of the amount.</summary>
    public decimal ArrangementFee { get; init; }

    /// <summary>The fee for a missed instalment.</summary>
    public decimal LateFee { get; init; }

    /// <summary>For how many days after its due date an instalment may be paid without being missed.</summary>
    public int GraceDays { get; init; }

    /// <summary>Whether customers can apply for it.</summary>
    public bool IsOffered { get; init; } = true;

    /// <summary>The number of writes; the optimistic lock.</summary>
    public long Version { get; init; }

    /// <summary>The terms of a loan of this product.</summary>
    /// <returns>The terms; or what is wrong, with its field: <c>amount</c> or <c>months</c>.</returns>
    public Result<LoanTerms> TermsOf(Money amount, int months)
    {
        var (least, most) = (Fit(MinAmount, amount.Currency), Fit(MaxAmount, amount.Currency));
        if (amount < least || amount > most)
        {
            return new InvalidInputError(
                "amount",
                $"Enter an amount from {least.Format(CultureInfo.CurrentCulture)} to {most.Format(CultureInfo.CurrentCulture)}.");
        }

        if (months < MinMonths || months > MaxMonths)
        {
            return new InvalidInputError("months", string.Create(
                CultureInfo.CurrentCulture, $"Choose a term from {MinMonths} to {MaxMonths} months."));
        }

        var terms = new LoanTerms
        {
            Amount = amount,
            Rate = Rate,
            Months = months,
            Method = Method,
            ArrangementFee = amount with
            {
                MinorUnits = decimal.ToInt64(
                    decimal.Round(amount.MinorUnits * ArrangementFee / 100m, 0, MidpointRounding.AwayFromZero)),
            },
            LateFee = Fit(LateFee, amount.Currency),
            GraceDays = GraceDays,
        };
        var schedule = LoanSchedule.Of(terms, new DateOnly(2000, 1, 1));
        return schedule.IsSuccess ? terms : schedule.Error;
    }

    /// <summary>Checks the product.</summary>
    /// <returns>Everything that is wrong, each about one field.</returns>
    public ImmutableArray<InvalidInputError> Check()
    {
        var errors = ImmutableArray.CreateBuilder<InvalidInputError>();
        Require(Code.Length is > 0 and <= 30 && Code.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'), "code",
            "Use 1 to 30 small letters, digits and hyphens.");
        Require(Name.Trim().Length is > 0 and <= 60, "name", "Enter a name of 60 characters at most.");
        Require(Description.Length <= 200, "description", "Use 200 characters at most.");
        Require(Rate is >= 0 and <= LoanInterest.MaxRate && Rate == decimal.Round(Rate, 4), "rate",
            "Enter a rate from 0 to 100 percent with four decimals at most.");
        Require(MinAmount > 0 && MinAmount == decimal.Truncate(MinAmount), "minAmount", "Enter a whole amount above zero.");
        Require(MaxAmount >= MinAmount && MaxAmount <= 10_000_000 && MaxAmount == decimal.Truncate(MaxAmount), "maxAmount",
            "Enter a whole amount that is not below the smallest, up to 10,000,000.");
        Require(MinMonths >= 1, "minMonths", "Enter at least 1 month.");
        Require(MaxMonths >= MinMonths && MaxMonths <= LoanTerms.MaxMonths, "maxMonths",
            $"Enter a number of months that is not below the shortest, up to {LoanTerms.MaxMonths.ToString(CultureInfo.InvariantCulture)}.");
        Require(ArrangementFee is >= 0 and <= 20 && ArrangementFee == decimal.Round(ArrangementFee, 4), "arrangementFee",
            "Enter a fee from 0 to 20 percent.");
        Require(LateFee is >= 0 and <= 1_000 && LateFee == decimal.Round(LateFee, 2), "lateFee", "Enter a fee from 0 to 1,000.");
        Require(GraceDays is >= 0 and <= 60, "graceDays", "Enter 0 to 60 days.");
        return errors.ToImmutable();

        void Require(bool isRight, string field, string sentence)
        {
            if (!isRight)
            {
                errors.Add(new InvalidInputError(field, sentence));
            }
        }
    }

    private static Money Fit(decimal amount, Currency currency) =>
        Money.Of(decimal.Round(amount, currency.MinorUnitDigits, MidpointRounding.ToZero), currency);
}
