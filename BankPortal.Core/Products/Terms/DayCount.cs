namespace BankPortal.Core.Products.Terms;

/// <summary>How days are counted for interest. Stored by name: members may be added, never renamed.</summary>
public enum DayCount
{
    /// <summary>Every calendar day earns a 365th of the yearly rate, 29 February too, so a leap year earns 366 of them.</summary>
    Actual365,

    /// <summary>
    /// Every month has 30 days and the year 360 (30E/360): the 30th of a month with 31 days earns nothing, and the last day of
    /// February earns what is missing up to 30.
    /// </summary>
    Thirty360,
}
