using BankPortal.Core.Lending.Book;

namespace BankPortal.Core.Lending;

/// <summary>Settings of loans.</summary>
public sealed class LendingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Lending";

    /// <summary>Whether this portal pays loans out and collects instalments.</summary>
    public bool Collect { get; set; } = true;

    /// <summary>The time of day, in the bank's zone, from which an instalment is collected on its due date.</summary>
    public TimeOnly CollectAt { get; set; } = new(6, 30);

    /// <summary>
    /// When an instalment that the account could not cover is tried again on the same day; noon and six when none are set.
    /// </summary>
    public IList<TimeOnly> RetryAt { get; } = [];

    /// <summary>How many days before its due date a customer is reminded of an instalment.</summary>
    public int RemindDays { get; set; } = 3;

    /// <summary>From which amount on two people have to grant a loan, in whole units of its currency.</summary>
    public decimal TwoPersonsFrom { get; set; } = 25_000;

    /// <summary>For how many days an application waits for a decision.</summary>
    public int DecideWithinDays { get; set; } = 30;

    /// <summary>How many applications and loans a customer may have at once.</summary>
    public int MaxLoansPerCustomer { get; set; } = 5;

    /// <summary>The longest payment holiday in months.</summary>
    public int MaxHolidayMonths { get; set; } = 3;

    /// <summary>The most months of payment holidays over the life of a loan.</summary>
    public int MaxHolidayMonthsInAll { get; set; } = 6;

    /// <summary>Above this share of income, in percent, instalments are marked as too high for whoever decides.</summary>
    public decimal MaxDebtToIncome { get; set; } = 40;

    /// <summary>The expected loss by bucket.</summary>
    public ProvisionRates Provision { get; set; } = new();

    /// <summary>The times of <see cref="RetryAt"/> in order, or those that apply when none are set.</summary>
    public IReadOnlyList<TimeOnly> RetryTimes => RetryAt.Count == 0 ? [new(12, 0), new(18, 0)] : [.. RetryAt.Order()];
}
