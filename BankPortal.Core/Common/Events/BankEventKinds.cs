namespace BankPortal.Core.Common.Events;

/// <summary>The stable names of events. They are stored: names may be added, never changed.</summary>
public static class BankEventKinds
{
    /// <summary>The ledger committed one or more transfers; the facts are those of <see cref="LedgerFacts"/>.</summary>
    public const string LedgerCommitted = "ledger-committed";

    /// <summary>An account was opened. Facts: <c>account</c>.</summary>
    public const string AccountOpened = "account-opened";

    /// <summary>An account was closed. Facts: <c>account</c>.</summary>
    public const string AccountClosed = "account-closed";

    /// <summary>An account was frozen. Facts: <c>account</c>.</summary>
    public const string AccountFrozen = "account-frozen";

    /// <summary>A frozen account can be used again. Facts: <c>account</c>.</summary>
    public const string AccountUnfrozen = "account-unfrozen";

    /// <summary>Somebody signed in from a device the person had not used before. Facts: <c>device</c>.</summary>
    public const string NewDevice = "new-device";

    /// <summary>Signing in is locked for a while after wrong attempts.</summary>
    public const string SignInLocked = "sign-in-locked";

    /// <summary>The password was changed.</summary>
    public const string PasswordChanged = "password-changed";

    /// <summary>The e-mail address was changed.</summary>
    public const string EmailChanged = "email-changed";

    /// <summary>The second factor was turned on.</summary>
    public const string SecondFactorOn = "second-factor-on";

    /// <summary>The second factor was moved to another device.</summary>
    public const string SecondFactorReplaced = "second-factor-replaced";

    /// <summary>The second factor was turned off.</summary>
    public const string SecondFactorOff = "second-factor-off";

    /// <summary>A change of sign-in or credentials of which no e-mail could be sent at once. Facts: <c>title</c>, <c>text</c>; optional
    /// <c>address</c>, an e-mail address that is no longer the person's, and <c>told</c>: another event tells of it in the
    /// portal.</summary>
    public const string SecurityNotice = "security-notice";

    /// <summary>The person's roles were changed. Facts: <c>roles</c>, separated by commas.</summary>
    public const string RolesChanged = "roles-changed";

    /// <summary>A statement can be read. Facts: <c>account</c>, <c>period</c>.</summary>
    public const string StatementReady = "statement-ready";

    /// <summary>A payment of a standing order was made or is held. Facts: <c>order</c>, <c>account</c>, <c>amount</c>, <c>currency</c>,
    /// <c>day</c>; optional <c>payee</c>, <c>reference</c>, <c>held</c>. Nobody is told: the ledger's own event tells of the
    /// payment.</summary>
    public const string StandingOrderExecuted = "standing-order-executed";

    /// <summary>A payment of a standing order was not made and is not tried again. Facts: those of
    /// <see cref="StandingOrderExecuted"/> and <c>reason</c>.</summary>
    public const string StandingOrderFailed = "standing-order-failed";

    /// <summary>The bank has paused a standing order. Facts: those of <see cref="StandingOrderFailed"/>.</summary>
    public const string StandingOrderPaused = "standing-order-paused";

    /// <summary>A customer asks another for money. Facts: <c>request</c>, <c>amount</c>, <c>currency</c>, <c>asker</c>, <c>day</c> until
    /// which it can be answered.</summary>
    public const string PaymentRequested = "payment-requested";

    /// <summary>A request for money was paid. Facts: <c>request</c>, <c>account</c>, <c>amount</c>, <c>currency</c>, <c>payer</c>,
    /// <c>reference</c>.</summary>
    public const string PaymentRequestAccepted = "payment-request-accepted";

    /// <summary>A request for money was declined. Facts: those of <see cref="PaymentRequestAccepted"/> without a reference.</summary>
    public const string PaymentRequestDeclined = "payment-request-declined";

    /// <summary>A payee was added to the payee book. Facts: <c>payee</c>.</summary>
    public const string PayeeAdded = "payee-added";

    /// <summary>Messages now also go to an address outside the portal, or will when it is confirmed. Facts: <c>channel</c>,
    /// <c>address</c> with its middle hidden.</summary>
    public const string AlertAddressAdded = "alert-address-added";

    /// <summary>Messages no longer go to an address. Facts: those of <see cref="AlertAddressAdded"/>.</summary>
    public const string AlertAddressRemoved = "alert-address-removed";

    /// <summary>A budget is used to a share. Facts: <c>category</c>, <c>amount</c>, <c>currency</c>, <c>spent</c>, <c>percent</c> (80 or
    /// 100), <c>month</c>.</summary>
    public const string BudgetReached = "budget-reached";

    /// <summary>An instalment of a loan is due soon. Facts: <c>amount</c>, <c>currency</c>, <c>day</c>.</summary>
    public const string InstalmentDue = "instalment-due";

    /// <summary>An instalment of a loan was not paid. Facts: <c>amount</c>, <c>currency</c>, <c>day</c>.</summary>
    public const string InstalmentMissed = "instalment-missed";

    /// <summary>The bank decided on an application for a loan. Facts: <c>outcome</c> (granted, declined, lapsed), <c>product</c>,
    /// <c>amount</c>, <c>currency</c>, <c>link</c>.</summary>
    public const string LoanDecided = "loan-decided";

    /// <summary>A loan was paid out. Facts: <c>amount</c>, <c>currency</c>, <c>account</c>, <c>day</c> of the first instalment,
    /// <c>link</c>.</summary>
    public const string LoanPaidOut = "loan-paid-out";

    /// <summary>A loan is repaid. Facts: <c>product</c>, <c>link</c>.</summary>
    public const string LoanPaidOff = "loan-paid-off";

    /// <summary>The bank decided on a payment holiday. Facts: <c>outcome</c> (granted, declined), <c>product</c>, <c>link</c>; optional
    /// <c>day</c> of the next instalment.</summary>
    public const string LoanHolidayDecided = "loan-holiday-decided";

    /// <summary>A report can be read. Facts: <c>report</c>; optional <c>link</c>.</summary>
    public const string ReportReady = "report-ready";
}
