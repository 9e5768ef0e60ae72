namespace BankPortal.Core.Ledger.Import;

/// <summary>What an import will do; made from the file alone, so the same file always gives the same plan.</summary>
/// <param name="Source">Names the other ledger; part of every key.</param>
/// <param name="Customers">The customers who have an account in <paramref name="Accounts"/>.</param>
/// <param name="Accounts">Their accounts with all postings.</param>
/// <param name="Problems">Lines that are left out, and why.</param>
/// <param name="DifferingAccounts">
/// How many accounts are left out because their balances do not follow from their rows. They are posted, with adjustments, where
/// differences are accepted.
/// </param>
public sealed record ImportPlan(
    string Source,
    ImmutableArray<ImportCustomer> Customers,
    ImmutableArray<ImportAccount> Accounts,
    ImmutableArray<ImportProblem> Problems,
    int DifferingAccounts)
{
    /// <summary>How many postings there are.</summary>
    public int StepCount => Accounts.Sum(account => account.Steps.Length);
}

/// <summary>An account to import, with everything that is posted to it, in order.</summary>
/// <param name="CustomerId">The owner's id in the other ledger.</param>
/// <param name="AccountId">The account's id in the other ledger.</param>
/// <param name="Type">Its type.</param>
/// <param name="Currency">Its currency.</param>
/// <param name="Steps">The postings, oldest first.</param>
/// <param name="FinalBalance">What the account holds after the last of them.</param>
public sealed record ImportAccount(
    string CustomerId,
    string AccountId,
    AccountType Type,
    Currency Currency,
    ImmutableArray<ImportStep> Steps,
    Money FinalBalance)
{
    /// <summary>The opening balance among the steps: what the account held before the first row of the file.</summary>
    public Money Opening => SumOf(TransferKind.Opening);

    /// <summary>The sum of the adjustments among the steps, that is, what the file does not explain.</summary>
    public Money Adjusted => SumOf(TransferKind.Adjustment);

    /// <summary>Whether there is an adjustment among the steps; several may add up to zero.</summary>
    public bool IsAdjusted => Steps.Any(step => step.Kind == TransferKind.Adjustment);

    private Money SumOf(TransferKind kind) =>
        Steps.Where(step => step.Kind == kind).Aggregate(Money.Zero(Currency), (sum, step) => sum + step.Amount);
}

/// <summary>A customer to import.</summary>
/// <param name="CustomerId">The id in the other ledger.</param>
/// <param name="Name">The name.</param>
/// <param name="Email">The e-mail address, if given.</param>
/// <param name="Line">The line that names the customer first.</param>
public sealed record ImportCustomer(string CustomerId, string Name, string? Email, int Line);

/// <summary>One posting to one account.</summary>
/// <param name="Line">The line it comes from.</param>
/// <param name="Key">Names it within the import, so that a repeat finds the first.</param>
/// <param name="At">When it happened.</param>
/// <param name="Kind">Why the money moved.</param>
/// <param name="Amount">Signed: positive into the account.</param>
/// <param name="Description">What it was for.</param>
/// <param name="Counterparty">Who was on the other side.</param>
public sealed record ImportStep(
    int Line,
    string Key,
    DateTimeOffset At,
    TransferKind Kind,
    Money Amount,
    string Description,
    string Counterparty
);
