namespace BankPortal.Core.Notifications;

/// <summary>
/// What people choose channels for: one line of the page of preferences. Stored by name: members may be added, never renamed.
/// </summary>
public enum AlertKind
{
    /// <summary>A payment, withdrawal or fee left an account.</summary>
    Payment,

    /// <summary>Money came in.</summary>
    Incoming,

    /// <summary>A payment or an incoming amount is large.</summary>
    HighValue,

    /// <summary>A transfer is checked, was completed after a check, or was not carried out.</summary>
    Checked,

    /// <summary>A balance fell below the limit.</summary>
    LowBalance,

    /// <summary>An account was opened, closed, restricted or made available again.</summary>
    Account,

    /// <summary>A statement can be read.</summary>
    Statement,

    /// <summary>A standing order failed or was paused.</summary>
    StandingOrder,

    /// <summary>A request for money was made or answered.</summary>
    Request,

    /// <summary>A budget's amount is used up.</summary>
    Budget,

    /// <summary>An instalment of a loan is due or unpaid.</summary>
    Loan,

    /// <summary>Signing in, credentials, payees: cannot be switched off.</summary>
    Security,

    /// <summary>Work of staff.</summary>
    Work,
}
