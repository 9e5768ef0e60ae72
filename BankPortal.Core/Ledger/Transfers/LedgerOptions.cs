namespace BankPortal.Core.Ledger.Transfers;

/// <summary>The bank's terms for moving money.</summary>
public sealed class LedgerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Ledger";

    /// <summary>The IANA name of the time zone whose calendar days the daily limits and reports follow.</summary>
    public string TimeZone { get; set; } = "America/New_York";

    /// <summary>Limits of checking accounts.</summary>
    public AccountLimits Checking { get; set; } = new();

    /// <summary>Limits of savings accounts.</summary>
    public AccountLimits Savings { get; set; } = new() { PerTransfer = 5_000m, PerDay = 10_000m };

    /// <summary>From this amount on, in major units, a transfer to another person has to be confirmed by a code for itself.</summary>
    public decimal SecondFactorFrom { get; set; } = 1_000m;

    /// <summary>
    /// How many times a step is tried whose commit is refused because other processes change the same accounts. After that the
    /// answer is "busy".
    /// </summary>
    public int MaxTries { get; set; } = 40;

    /// <summary>
    /// How long an account's row is remembered after this node has written it, so that postings in quick succession need not
    /// read it again; zero for never. Every commit is conditional on the row's version, so a longer time risks nothing
    /// but a wasted request where several nodes post to the same accounts.
    /// </summary>
    public TimeSpan RememberRowsFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a transfer may wait for a decision; after that it is rejected, and its funds are free again.</summary>
    public TimeSpan HoldsExpireAfter { get; set; } = TimeSpan.FromDays(3);

    /// <summary>How many account numbers a customer may look up in an hour.</summary>
    public int MaxPayeeLookupsPerHour { get; set; } = 30;

    /// <summary>The limits of an account.</summary>
    public AccountLimits LimitsOf(AccountType type) => type == AccountType.Savings ? Savings : Checking;
}
