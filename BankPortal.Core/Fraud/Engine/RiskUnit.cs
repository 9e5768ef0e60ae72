namespace BankPortal.Core.Fraud.Engine;

/// <summary>In what a fact is measured.</summary>
public enum RiskUnit
{
    /// <summary>Major units of the transfer's currency.</summary>
    Money,

    /// <summary>A number of things.</summary>
    Count,

    /// <summary>Hours.</summary>
    Hours,

    /// <summary>Days.</summary>
    Days,

    /// <summary>A part of a whole, 1 for all of it.</summary>
    Share,

    /// <summary>A multiple.</summary>
    Times,

    /// <summary>Yes (1) or no (0).</summary>
    Flag,

    /// <summary>One of a few named things.</summary>
    Choice,

    /// <summary>An hour of the day, 0 to 23, in the bank's time zone.</summary>
    HourOfDay,
}
