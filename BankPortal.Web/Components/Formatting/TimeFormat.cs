namespace BankPortal.Web.Components.Formatting;

/// <summary>How much of an instant is shown.</summary>
public enum TimeFormat
{
    /// <summary>Day, month and year: 20 Nov 2026.</summary>
    Date,

    /// <summary>Date and time to the minute.</summary>
    DateTime,

    /// <summary>Date and time to the second, for receipts and audits.</summary>
    Precise,

    /// <summary>Time of day only.</summary>
    Time,

    /// <summary>"Today", "Yesterday" or the date.</summary>
    Day,

    /// <summary>"just now", "5 minutes ago", then the date.</summary>
    Ago,
}
