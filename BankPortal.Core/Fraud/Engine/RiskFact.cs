namespace BankPortal.Core.Fraud.Engine;

/// <summary>
/// The facts that conditions can test. Windows and counts include the transfer being assessed. "The account" is the debited one; for
/// money paid in from outside, the credited one. <see cref="RiskVocabulary"/> gives the meaning and unit of each. Stored by name and by
/// number: members may be added at the end, never renamed or moved.
/// </summary>
public enum RiskFact
{
#pragma warning disable CS1591 // Each is described once, in RiskVocabulary, where the screens read it too.
    Amount,
    Kind,
    HourOfDay,
    Cash,
    OwnTransfer,
    HighValue24h,
    Debits1h,
    DebitSum1h,
    DebitMax1h,
    Debits24h,
    DebitSum24h,
    DebitMax24h,
    Debits7d,
    DebitSum7d,
    DebitMax7d,
    Debits30d,
    DebitSum30d,
    DebitMax30d,
    Credits1h,
    CreditSum1h,
    CreditMax1h,
    Credits24h,
    CreditSum24h,
    CreditMax24h,
    Credits7d,
    CreditSum7d,
    CreditMax7d,
    Credits30d,
    CreditSum30d,
    CreditMax30d,
    Cash48h,
    CashSum48h,
    NearLimitCash48h,
    TinyDebits1h,
    Receivers24h,
    Senders24h,
    PayeeSenders24h,
    PayeeCreditSum24h,
    PayeeAccountAge,
    NewPayee,
    PayeeAge,
    RecentCredit,
    PassedOnShare,
    DaysIdle,
    RatioToUsual,
    BalanceShare,
    AccountAge,
    SecurityChangeAge,
    OnBlockedList,
    OnWatchList,
    OnTrustedList,
#pragma warning restore CS1591
}
