namespace BankPortal.Core.Statements;

/// <summary>What statements a customer can choose from.</summary>
/// <param name="Accounts">The customer's accounts, oldest first, closed ones included.</param>
/// <param name="Today">The bank's day today: the last day a statement can have.</param>
public sealed record StatementChoice(ImmutableArray<StatementAccount> Accounts, DateOnly Today);

/// <summary>An account and the days that statements can cover.</summary>
/// <param name="Account">The account.</param>
/// <param name="First">The day it was opened.</param>
/// <param name="Last">The day it was closed, or today.</param>
/// <param name="FinalUntil">The last day that is over.</param>
public sealed record StatementAccount(Account Account, DateOnly First, DateOnly Last, DateOnly FinalUntil)
{
    /// <summary>The calendar years with days of the account, newest first.</summary>
    public IEnumerable<int> Years => Enumerable.Range(First.Year, Last.Year - First.Year + 1).Reverse();

    /// <summary>The months of a year with days of the account, newest first.</summary>
    public IEnumerable<StatementPeriod> MonthsOf(int year) =>
        Enumerable.Range(1, 12).Reverse().Select(month => StatementPeriod.Month(year, month)).Where(Overlaps);

    /// <summary>The quarters of a year with days of the account, newest first.</summary>
    public IEnumerable<StatementPeriod> QuartersOf(int year) =>
        Enumerable.Range(1, 4).Reverse().Select(quarter => StatementPeriod.Quarter(year, quarter)).Where(Overlaps);

    /// <summary>Whether all days of the period are over, so that its statement is final.</summary>
    public bool IsFinal(StatementPeriod period) => period.To <= FinalUntil;

    private bool Overlaps(StatementPeriod period) => period.From <= Last && period.To >= First;
}
