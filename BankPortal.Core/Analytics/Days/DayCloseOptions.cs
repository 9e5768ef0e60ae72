namespace BankPortal.Core.Analytics.Days;

/// <summary>Settings of day closing.</summary>
public sealed class DayCloseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DayClose";

    /// <summary>Whether this node closes and verifies days. Off while the history of another system is imported.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The time of the bank's zone at which the day before is closed. Late enough for the feed index to have followed.
    /// </summary>
    public TimeSpan At { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How many days before today the first close begins, in a bank that has closed none yet.</summary>
    public int LookBackDays { get; set; } = 366;

    /// <summary>
    /// The share of the time in which closing and verifying work; they rest in between, so that transfers keep their speed. Above 0; with 1
    /// they never rest.
    /// </summary>
    public double Share { get; set; } = 0.15;

    /// <summary>In how many nights every closed day is compared with the ledger once.</summary>
    public int VerifyWithinNights { get; set; } = 28;
}
