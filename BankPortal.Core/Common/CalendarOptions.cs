namespace BankPortal.Core.Common;

/// <summary>The bank's holidays.</summary>
public sealed class CalendarOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Calendar";

    /// <summary>
    /// The days on which the bank is closed besides weekends: a date such as <c>2026-11-26</c>, or <c>12-25</c> for every year.
    /// </summary>
    public IList<string> Holidays { get; } = [];
}
