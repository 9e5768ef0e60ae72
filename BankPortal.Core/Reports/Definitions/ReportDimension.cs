namespace BankPortal.Core.Reports.Definitions;

/// <summary>What a report can be broken down and filtered by. Part of addresses: members may be added, never renamed.</summary>
public enum ReportDimension
{
    /// <summary>The hour of the bank's clock, 00 to 23.</summary>
    Hour,

    /// <summary>The calendar day of the bank.</summary>
    Day,

    /// <summary>The week, from Monday (ISO 8601).</summary>
    Week,

    /// <summary>The month.</summary>
    Month,

    /// <summary>The quarter.</summary>
    Quarter,

    /// <summary>The kind of transfer.</summary>
    Kind,

    /// <summary>The way by which money moves, which follows from the kind.</summary>
    Channel,

    /// <summary>Money in or out, as the account sees it.</summary>
    Direction,

    /// <summary>The category by the shipped rules.</summary>
    Category,

    /// <summary>The account type.</summary>
    AccountType,

    /// <summary>The month in which the account was opened, or the customer's first one.</summary>
    Cohort,

    /// <summary>What became of it.</summary>
    Outcome,

    /// <summary>The range of the amount or balance.</summary>
    Band,

    /// <summary>The rule that weighed most.</summary>
    Rule,

    /// <summary>Where the customer, account or loan stands.</summary>
    Status,

    /// <summary>How far the customer has come: account, first money in, first payment.</summary>
    Step,

    /// <summary>The place among the depositors by balance.</summary>
    Rank,

    /// <summary>What the case was about.</summary>
    CaseKind,

    /// <summary>How long the case was open.</summary>
    Age,

    /// <summary>Which security event.</summary>
    Event,

    /// <summary>The product.</summary>
    Product,

    /// <summary>How many days a loan is overdue.</summary>
    Bucket,

    /// <summary>The month in which a loan was paid out.</summary>
    Vintage,
}
