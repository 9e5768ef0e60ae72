using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Offers;
using BankPortal.Core.Lending.Schedules;

namespace BankPortal.Core.Lending.Applications;

/// <summary>What a customer asks for.</summary>
/// <param name="Key">Names the form: sent twice, it makes one application.</param>
/// <param name="Product">The code of the product.</param>
/// <param name="AccountId">The customer's account.</param>
/// <param name="Amount">The amount.</param>
/// <param name="Months">The number of instalments.</param>
/// <param name="Purpose">What it is for, in the customer's words.</param>
public sealed record LoanRequest(string Key, string Product, string AccountId, Money Amount, int Months, string? Purpose);

/// <summary>A loan before it is signed: everything that the customer signs.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Product">The product.</param>
/// <param name="Account">The account.</param>
/// <param name="Terms">The terms.</param>
/// <param name="Schedule">The schedule if it were paid out today.</param>
/// <param name="Affordability">What the ledger says.</param>
public sealed record LoanOffer(
    LoanRequest Request,
    LoanProduct Product,
    Account Account,
    LoanTerms Terms,
    ImmutableArray<PlannedInstalment> Schedule,
    Affordability Affordability)
{
    /// <summary>The interest of all instalments.</summary>
    public Money Interest => Schedule.Aggregate(Money.Zero(Terms.Amount.Currency), (sum, one) => sum + one.Interest);

    /// <summary>What the customer pays in all.</summary>
    public Money Cost => Terms.Amount + Interest + Terms.ArrangementFee;
}

/// <summary>A loan as its borrower sees it.</summary>
/// <param name="File">The loan and its events.</param>
/// <param name="State">What it is today.</param>
/// <param name="Account">The account; <see langword="null"/> when it is gone.</param>
public sealed record LoanView(LoanFile File, LoanState State, Account? Account)
{
    /// <summary>The loan.</summary>
    public Loan Loan => File.Loan;
}

/// <summary>The customer has as many loans and applications as they may have.</summary>
/// <param name="Most">The most.</param>
public sealed record TooManyLoansError(int Most)
    : Error($"You can have {Most.ToString(CultureInfo.CurrentCulture)} loans and applications at once. Repay one first, or take an application back.");

/// <summary>A loan is paid into an account in its currency that can be used.</summary>
public sealed record LoanAccountError() : Error("Choose one of your open accounts that is not frozen.")
{
    /// <inheritdoc/>
    public override string? Field => "account";
}

/// <summary>A payment holiday is asked for already, or is too long.</summary>
/// <param name="Sentence">What is wrong.</param>
public sealed record HolidayError(string Sentence) : Error(Sentence)
{
    /// <inheritdoc/>
    public override string? Field => "holiday";
}

/// <summary>A payment of the loan is being made right now.</summary>
public sealed record LoanBusyError()
    : Error("A payment of this loan is being made right now. Please try again in a moment.");

/// <summary>Nothing is due.</summary>
public sealed record NothingDueError() : Error("Nothing is due on this loan right now.");
