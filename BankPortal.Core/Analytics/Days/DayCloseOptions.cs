namespace BankPortal.Core.Analytics.Days;

/// <summary>Settings of day closing.</summary>
public sealed class DayCloseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DayClose";

    /// <summary>
    /// The time of the bank's zone at which the day before is closed. Late enough for the feed index to have followed.
    /// </summary>
    public TimeSpan At { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How many days before today the first close begins, in a bank that has closed none yet.</summary>
    public int LookBackDays { get; set; } = 366;
}
