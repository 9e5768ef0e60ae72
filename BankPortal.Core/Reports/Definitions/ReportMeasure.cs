namespace BankPortal.Core.Reports.Definitions;

/// <summary>What a report measures. Part of addresses and stored definitions: members may be added, never renamed.</summary>
public enum ReportMeasure
{
    /// <summary>How many.</summary>
    Count,

    /// <summary>The sum of the amounts.</summary>
    Sum,

    /// <summary>The sum divided by the count.</summary>
    Average,

    /// <summary>The amount that half of them do not exceed, within 1 %.</summary>
    Median,

    /// <summary>The amount that nine in ten do not exceed, within 1 %.</summary>
    P90,

    /// <summary>The amount that ninety-nine in a hundred do not exceed, within 1 %.</summary>
    P99,

    /// <summary>The part of the whole: of the sum where there are amounts, otherwise of the count.</summary>
    Share,

    /// <summary>The change from the interval before, or from the period it is compared with.</summary>
    Growth,

    /// <summary>How many different customers, within 2 %; exact for small numbers.</summary>
    Distinct,
}
