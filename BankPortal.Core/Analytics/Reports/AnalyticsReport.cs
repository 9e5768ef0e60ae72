using BankPortal.Core.Analytics.Categories;

namespace BankPortal.Core.Analytics.Reports;

/// <summary>A customer's figures of a period, in one currency, under the customer's categories. Immutable.</summary>
public sealed record AnalyticsReport
{
    /// <summary>Today in the bank's zone.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The period.</summary>
    public required AnalyticsPeriod Period { get; init; }

    /// <summary>The currency of all figures.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The accounts that the figures are about.</summary>
    public required ImmutableArray<Account> Accounts { get; init; }

    /// <summary>How many accounts in other currencies are left out.</summary>
    public required int OtherCurrencies { get; init; }

    /// <summary>The customer's decisions.</summary>
    public required CategoryBook Book { get; init; }

    /// <summary>Income and spending of the period.</summary>
    public required MoneyFlow Flow { get; init; }

    /// <summary>Those of the period before.</summary>
    public required MoneyFlow Before { get; init; }

    /// <summary>Those of the same months a year before.</summary>
    public required MoneyFlow YearBefore { get; init; }

    /// <summary>Income and spending by month: the period's months, or at least the last six up to its end.</summary>
    public required ImmutableArray<MonthMoney> Months { get; init; }

    /// <summary>The balance at the start of the period.</summary>
    public required Money Opening { get; init; }

    /// <summary>The balance at the end of each day of the period, up to today.</summary>
    public required ImmutableArray<DayBalance> Balances { get; init; }

    /// <summary>Spending by category, largest first.</summary>
    public required ImmutableArray<CategoryMoney> Spending { get; init; }

    /// <summary>Income by category, largest first.</summary>
    public required ImmutableArray<CategoryMoney> Income { get; init; }

    /// <summary>Spending on days from Monday to Friday.</summary>
    public required DayKindMoney Weekdays { get; init; }

    /// <summary>Spending on Saturdays and Sundays.</summary>
    public required DayKindMoney Weekends { get; init; }

    /// <summary>Where most was spent, largest first.</summary>
    public required ImmutableArray<PayeeMoney> Payees { get; init; }

    /// <summary>The number of transactions that spent money.</summary>
    public required int Count { get; init; }

    /// <summary>The average amount of them; zero when there are none.</summary>
    public required Money Average { get; init; }

    /// <summary>The median amount of them; zero when there are none.</summary>
    public required Money Median { get; init; }

    /// <summary>Payments that come back.</summary>
    public required ImmutableArray<RecurringPayment> Recurring { get; init; }

    /// <summary>The balance expected at the end of this month; <see langword="null"/> if the period does not have this month or too little is
    /// known.</summary>
    public required Forecast? Forecast { get; init; }

    /// <summary>Categories in which much more was spent than usual.</summary>
    public required ImmutableArray<UnusualSpending> Unusual { get; init; }

    /// <summary>The budgets with this month's spending.</summary>
    public required ImmutableArray<BudgetProgress> Budgets { get; init; }

    /// <summary>The savings goals.</summary>
    public required ImmutableArray<GoalProgress> Goals { get; init; }

    /// <summary>The balance at the end of the period, or now.</summary>
    public Money Closing => Balances is [.., var last] ? last.Balance : Opening;

    /// <summary>By how much the balance changed in the period.</summary>
    public Money NetChange => Closing - Opening;
}

/// <summary>Income and spending. Money between own accounts, opening balances and what is left out count as neither.</summary>
public sealed record MoneyFlow(Money Income, Money Spending)
{
    /// <summary>Income less spending.</summary>
    public Money Net => Income - Spending;
}

/// <summary>Income and spending of the month that begins on <paramref name="Month"/>.</summary>
public sealed record MonthMoney(DateOnly Month, MoneyFlow Flow);

/// <summary>The balance of all accounts at the end of a day.</summary>
public readonly record struct DayBalance(DateOnly Day, Money Balance);

/// <summary>Money of a category.</summary>
public sealed record CategoryMoney(string CategoryId, string Name, Money Amount, int Count, Money Before);

/// <summary>Money at one payee.</summary>
public sealed record PayeeMoney(string Name, Money Amount, int Count);

/// <summary>Spending on one kind of days, and how many of these days the period has had.</summary>
public sealed record DayKindMoney(Money Amount, int Days)
{
    /// <summary>The spending per day.</summary>
    public Money PerDay => new(
        Days == 0 ? 0 : (long)Math.Round((decimal)Amount.MinorUnits / Days, MidpointRounding.ToEven), Amount.Currency);
}

/// <summary>What the balance is expected to be at the end of the month.</summary>
/// <param name="Day">The last day of the month.</param>
/// <param name="Expected">The expected balance.</param>
/// <param name="Low">The balance if the rest of the month goes like the most expensive of the last months.</param>
/// <param name="High">The balance if it goes like the best of them.</param>
/// <param name="KnownIn">Recurring income still expected.</param>
/// <param name="KnownOut">Recurring payments still expected.</param>
/// <param name="Months">How many months it is computed from.</param>
public sealed record Forecast(DateOnly Day, Money Expected, Money Low, Money High, Money KnownIn, Money KnownOut, int Months);

/// <summary>Much more than usual was spent in a category.</summary>
public sealed record UnusualSpending(string CategoryId, string Name, DateOnly Month, Money Amount, Money Usual, int Months);

/// <summary>A budget with this month's spending.</summary>
public sealed record BudgetProgress(string CategoryId, string Name, Money Limit, Money Spent, int DaysLeft)
{
    /// <summary>What is left; negative when more was spent.</summary>
    public Money Left => Limit - Spent;

    /// <summary>What is left per day, today included; never negative.</summary>
    public Money LeftPerDay => new(Left.IsNegative ? 0 : Left.MinorUnits / Math.Max(1, DaysLeft), Limit.Currency);

    /// <summary>The share that was spent.</summary>
    public decimal Share => (decimal)Spent.MinorUnits / Limit.MinorUnits;
}

/// <summary>A savings goal and how far it is.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Amount">How much is wanted.</param>
/// <param name="Saved">The part of the account's balance that counts for it: what earlier goals of the account leave, at most the
/// amount.</param>
/// <param name="PerMonth">What is to be saved each month to be there in time, rounded up; zero when it is reached.</param>
/// <param name="Account">The account.</param>
public sealed record GoalProgress(SavingsGoal Goal, Money Amount, Money Saved, Money PerMonth, Account Account)
{
    /// <summary>Whether other goals share the account's balance.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether enough is saved.</summary>
    public bool IsReached => Saved >= Amount;

    /// <summary>The share that is saved, at most one.</summary>
    public decimal Share => Math.Min(1, (decimal)Saved.MinorUnits / Amount.MinorUnits);
}
