namespace BankPortal.Core.Fraud.Engine;

/// <summary>The units of facts.</summary>
public enum RiskUnit
{
    /// <summary>Major units of the transfer's currency.</summary>
    Money,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>Hours.</summary>
    Hours,

    /// <summary>Days.</summary>
    Days,

    /// <summary>A fraction; 1 is the whole.</summary>
    Share,

    /// <summary>A ratio, such as 3 for three times as much.</summary>
    Times,

    /// <summary>Yes (1) or no (0).</summary>
    Flag,

    /// <summary>One of a fixed list of named values.</summary>
    Choice,

    /// <summary>An hour of the day, 0 to 23, in the bank's time zone.</summary>
    HourOfDay,
}
