namespace BankPortal.Core.Reports.Definitions;

/// <summary>What a report is about. Part of addresses and stored definitions: members may be added, never renamed.</summary>
public enum ReportSubject
{
    /// <summary>Movements on customer accounts. A transfer between two of them counts on both.</summary>
    Transactions,

    /// <summary>Customer accounts at the end of a day.</summary>
    Accounts,

    /// <summary>Customers at the end of a day.</summary>
    Customers,

    /// <summary>Balances of customer accounts at the end of a day.</summary>
    Deposits,

    /// <summary>Loans at the end of a day.</summary>
    Loans,

    /// <summary>Transfers that screening flagged, on the day on which they were settled.</summary>
    Alerts,

    /// <summary>Cases on the day on which they were closed.</summary>
    Cases,

    /// <summary>Sign-ins and other security events, by days of UTC.</summary>
    SignIns,
}
