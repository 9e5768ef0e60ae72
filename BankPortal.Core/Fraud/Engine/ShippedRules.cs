using static BankPortal.Core.Fraud.Engine.RiskComparison;

namespace BankPortal.Core.Fraud.Engine;

/// <summary>
/// The rules a new bank starts with. Each detects a known fraud pattern; the figures are tuned on the simulator's labelled month. Transfers
/// between a customer's own accounts are promised to be done at once: only the lists hold them, and a high value is noted without a case.
/// </summary>
public static class ShippedRules
{
    /// <summary>Version 1 of the rule set.</summary>
    public static RuleSet Version1 { get; } = new(1, Rules(), new RiskThresholds(Alert: 40, Hold: 80, Block: 200));

    private static RiskCondition NotOwn => Is(RiskFact.OwnTransfer, 0);

    private static RiskCondition ToSomebody => All(Is(RiskFact.Kind, (int)TransferKind.Transfer), NotOwn);

    private static ImmutableArray<RiskRule> Rules() =>
    [
        new()
        {
            Id = "blocked-list", Name = "Blocked list", When = Is(RiskFact.OnBlockedList, 1), Score = 200,
            Decides = RiskOutcome.Block, OpensCase = CaseKind.Fraud, Reason = "One of the accounts is on the blocked list.",
        },
        new()
        {
            Id = "watch-list", Name = "Watch list", When = Is(RiskFact.OnWatchList, 1), Score = 40,
            Decides = RiskOutcome.Hold, Reason = "One of the accounts is on the watch list.",
        },
        new()
        {
            Id = "high-value", Name = "High value", When = Compare(RiskFact.Amount, AtLeast, 10_000), Score = 20,
            Decides = RiskOutcome.Alert, Reason = "{amount} is a high value.",
        },
        new()
        {
            Id = "suspicious-activity", Name = "Suspicious activity",
            When = All(NotOwn, Compare(RiskFact.HighValue24h, AtLeast, 5), Compare(RiskFact.Amount, AtLeast, 10_000)), Score = 30,
            Decides = RiskOutcome.Alert, OpensCase = CaseKind.Compliance,
            Reason = "{high_value_24h} high-value transactions of this account within 24 hours.",
        },
        new()
        {
            Id = "large-new-payee", Name = "Large transfer to a new payee",
            When = All(
                ToSomebody,
                Compare(RiskFact.Amount, AtLeast, 3_000),
                Any(Is(RiskFact.NewPayee, 1), Compare(RiskFact.PayeeAge, LessThan, 24))),
            Score = 45,
            Reason = "{amount} to a payee the customer had not paid until the last 24 hours.",
        },
        new()
        {
            Id = "rapid-transfers", Name = "Many transfers in an hour",
            When = All(ToSomebody, Compare(RiskFact.DebitsToOthers1h, MoreThan, 5)), Score = 45,
            Reason = "{debits_to_others_1h} debits within an hour.",
        },
        new()
        {
            Id = "structuring", Name = "Structuring",
            When = All(
                Is(RiskFact.Cash, 1),
                Compare(RiskFact.Amount, LessThan, 10_000),
                Any(
                    Compare(RiskFact.NearLimitCash48h, AtLeast, 2),
                    All(Compare(RiskFact.Cash48h, AtLeast, 2), Compare(RiskFact.CashSum48h, MoreThan, 10_000)))),
            Score = 45, OpensCase = CaseKind.Compliance,
            Reason = "{cash_48h} cash movements within 48 hours, together {cash_sum_48h}; this one is below the reporting limit.",
        },
        new()
        {
            Id = "cash-burst", Name = "Burst of cash",
            When = All(Is(RiskFact.Cash, 1), Compare(RiskFact.Cash48h, AtLeast, 5), Compare(RiskFact.CashSum48h, AtLeast, 3_000)),
            Score = 45, OpensCase = CaseKind.Compliance, Reason = "{cash_48h} cash movements within 48 hours, together {cash_sum_48h}.",
        },
        new()
        {
            Id = "pass-through", Name = "Money passed through",
            When = All(ToSomebody, Compare(RiskFact.RecentCredit, AtLeast, 1_000), Compare(RiskFact.PassedOnShare, AtLeast, 0.8m)),
            Score = 50, OpensCase = CaseKind.Fraud,
            Reason = "{passed_on_share} of {recent_credit} that came in within the hour leaves again.",
        },
        new()
        {
            Id = "dormant-account", Name = "Dormant account wakes up",
            When = All(
                NotOwn,
                Compare(RiskFact.DaysIdle, AtLeast, 180),
                Compare(RiskFact.BalanceShare, AtLeast, 0.25m),
                Compare(RiskFact.Amount, AtLeast, 500)),
            Score = 45,
            Reason = "The first movement after {days_idle}, and it takes {balance_share} of the balance.",
        },
        new()
        {
            Id = "unusual-amount", Name = "Far above the usual amount",
            When = All(
                NotOwn,
                Compare(RiskFact.RatioToUsual, AtLeast, 10),
                Compare(RiskFact.Amount, AtLeast, 1_500),
                Any(Is(RiskFact.NewPayee, 1), Compare(RiskFact.PayeeAge, LessThan, 168), Is(RiskFact.Cash, 1))),
            Score = 40,
            Reason = "{amount} is {ratio_to_usual} times the usual amount of this account.",
        },
        new()
        {
            Id = "after-security-change", Name = "Transfer soon after a security change",
            When = All(ToSomebody, Compare(RiskFact.SecurityChangeAge, LessThan, 24), Compare(RiskFact.Amount, AtLeast, 250)), Score = 45,
            Reason = "{amount} leaves {security_change_age} after password, e-mail address or second factor was changed.",
        },
        new()
        {
            Id = "fan-in", Name = "Many senders", When = All(ToSomebody, Compare(RiskFact.PayeeSenders24h, AtLeast, 6)), Score = 45,
            OpensCase = CaseKind.Fraud,
            Reason = "{payee_senders_24h} customers paid this account within 24 hours; it received {payee_credit_sum_24h} in all.",
        },
        new()
        {
            Id = "fan-out", Name = "Many receivers", When = All(ToSomebody, Compare(RiskFact.Receivers24h, AtLeast, 6)), Score = 45,
            OpensCase = CaseKind.Fraud, Reason = "The account paid {receivers_24h} different customers within 24 hours.",
        },
        new()
        {
            Id = "card-testing", Name = "Burst of tiny amounts",
            When = All(
                NotOwn,
                Compare(RiskFact.TinyDebitsToOthers1h, AtLeast, 4),
                Compare(RiskFact.Amount, AtMost, RiskVocabulary.TinyAmount)),
            Score = 50, OpensCase = CaseKind.Fraud, Reason = "{tiny_debits_to_others_1h} debits of 5 or less within an hour, as stolen cards are tried.",
        },
        new()
        {
            Id = "empties-account", Name = "Empties the account for a new payee",
            When = All(
                ToSomebody,
                Is(RiskFact.NewPayee, 1),
                Compare(RiskFact.BalanceShare, AtLeast, 0.9m),
                Compare(RiskFact.Amount, AtLeast, 1_000)),
            Score = 40,
            Reason = "{balance_share} of the balance goes to a payee the customer has never paid.",
        },
        new()
        {
            Id = "trusted-list", Name = "Trusted list", When = Is(RiskFact.OnTrustedList, 1), Score = -40,
            Reason = "The receiver is on the trusted list.",
        },
    ];

    private static RiskCondition.All All(params ReadOnlySpan<RiskCondition> parts) => new([.. parts]);

    private static RiskCondition.Any Any(params ReadOnlySpan<RiskCondition> parts) => new([.. parts]);

    private static RiskCondition.Compare Is(RiskFact fact, decimal value) => new(fact, RiskComparison.Is, value);

    private static RiskCondition.Compare Compare(RiskFact fact, RiskComparison comparison, decimal value) => new(fact, comparison, value);
}
