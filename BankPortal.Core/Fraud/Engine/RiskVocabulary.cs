using System.Collections.Frozen;

namespace BankPortal.Core.Fraud.Engine;

/// <summary>
/// Defines every fact that rules can test. The meaning of a fact never changes, so that stored decisions can be replayed. A window is never
/// shorter than its name: hours are exact to the clock hour, days to the day (UTC).
/// </summary>
public static class RiskVocabulary
{
    /// <summary>The largest debit, in major units, that counts as tiny; stolen cards are tested with such amounts.</summary>
    public const decimal TinyAmount = AccountActivity.TinyAmount;

    /// <summary>How many earlier debits in 30 days are needed to compute a usual amount.</summary>
    public const int UsualFrom = 5;

    /// <summary>All facts in display order; the index is the fact's number.</summary>
    public static ImmutableArray<RiskFactDefinition> All { get; } = Define();

    private static readonly FrozenDictionary<string, RiskFactDefinition> ByKey = All.ToFrozenDictionary(
        fact => fact.Key, StringComparer.Ordinal);

    /// <summary>Returns the definition of a fact.</summary>
    public static RiskFactDefinition Of(RiskFact fact) => All[(int)fact];

    /// <summary>Returns the fact with the given key; <see langword="null"/> when there is none.</summary>
    public static RiskFactDefinition? Find(string key) => ByKey.GetValueOrDefault(key);

    private static ImmutableArray<RiskFactDefinition> Define()
    {
        ImmutableArray<RiskFactDefinition> all =
        [
            Fact(RiskFact.Amount, "amount", "amount", RiskUnit.Money, "The amount of the transfer."),
            new(RiskFact.Kind, "kind", "type", RiskUnit.Choice, "The type of the transfer.", [.. Enum.GetNames<TransferKind>()]),
            Fact(
                RiskFact.HourOfDay,
                "hour_of_day",
                "hour of the day",
                RiskUnit.HourOfDay,
                "The hour it is asked for, in the bank's time zone."),
            Fact(RiskFact.Cash, "cash", "cash", RiskUnit.Flag, "Cash is paid in or taken out."),
            Fact(RiskFact.OwnTransfer, "own_transfer", "between own accounts", RiskUnit.Flag, "Both accounts belong to the same customer."),
            Fact(
                RiskFact.HighValue24h,
                "high_value_24h",
                "high-value transactions in 24 hours",
                RiskUnit.Count,
                "Movements of the account, either way, of 10,000 or more in the last 24 hours, by the clock hour: this one and the 24 before."),
            .. Window(
                "1h",
                "in an hour",
                "in the last hour; with 12 debits or more in it, in this clock hour and the one before",
                "in the last hour, by the clock hour: this one and the one before"),
            .. Window("24h", "in 24 hours", "in the last 24 hours, by the clock hour: this one and the 24 before", null),
            .. Window("7d", "in 7 days", "in the last 7 days, by the day (UTC): today and the 7 before", null),
            .. Window("30d", "in 30 days", "in the last 30 days, by the day (UTC): today and the 30 before", null),
            Fact(
                RiskFact.Cash48h,
                "cash_48h",
                "cash movements in 48 hours",
                RiskUnit.Count,
                "Cash paid in or taken out in the last 48 hours, by the clock hour: this one and the 48 before."),
            Fact(
                RiskFact.CashSum48h,
                "cash_sum_48h",
                "sum of cash in 48 hours",
                RiskUnit.Money,
                "Cash paid in and taken out in the last 48 hours, by the clock hour: this one and the 48 before; added up."),
            Fact(
                RiskFact.NearLimitCash48h,
                "near_limit_cash_48h",
                "cash just under the reporting limit in 48 hours",
                RiskUnit.Count,
                "Cash movements of 8,000 to 9,999.99 in the last 48 hours, by the clock hour: this one and the 48 before."),
            Fact(
                RiskFact.TinyDebits1h,
                "tiny_debits_1h",
                "tiny debits in an hour",
                RiskUnit.Count,
                "Debits of at most 5 in the last hour; with 12 debits or more in it, in this clock hour and the one before."),
            Fact(
                RiskFact.Receivers24h,
                "receivers_24h",
                "receivers in 24 hours",
                RiskUnit.Count,
                "Different customers' accounts the account has paid in the last 24 hours, by the clock hour: this one and the 24 before; 16 stands for 16 or more."),
            Fact(
                RiskFact.Senders24h,
                "senders_24h",
                "senders in 24 hours",
                RiskUnit.Count,
                "Different customers' accounts that have paid the account in the last 24 hours, by the clock hour: this one and the 24 before; 16 stands for 16 or more."),
            Fact(
                RiskFact.PayeeSenders24h,
                "payee_senders_24h",
                "senders to the payee in 24 hours",
                RiskUnit.Count,
                "Different customers' accounts that have paid the credited account in the last 24 hours, by the clock hour: this one and the 24 before; 16 stands for 16 or more."),
            Fact(
                RiskFact.PayeeCreditSum24h,
                "payee_credit_sum_24h",
                "sum received by the payee in 24 hours",
                RiskUnit.Money,
                "What the credited account has received in the last 24 hours, by the clock hour: this one and the 24 before."),
            Fact(
                RiskFact.PayeeAccountAge,
                "payee_account_age",
                "age of the payee's account",
                RiskUnit.Days,
                "Since when the credited account exists."),
            Fact(RiskFact.NewPayee, "new_payee", "new payee", RiskUnit.Flag, "The customer has never paid this account before."),
            Fact(
                RiskFact.PayeeAge,
                "payee_age",
                "age of the payee",
                RiskUnit.Hours,
                "Since when the customer pays this account; unknown for a new payee."),
            Fact(
                RiskFact.RecentCredit,
                "recent_credit",
                "money just received",
                RiskUnit.Money,
                "What came in within the last hour and had not left again; a new credit keeps what was left of earlier ones."),
            Fact(
                RiskFact.PassedOnShare,
                "passed_on_share",
                "share passed on",
                RiskUnit.Share,
                "How much of the money just received leaves again with this transfer."),
            Fact(
                RiskFact.DaysIdle,
                "days_idle",
                "days without activity",
                RiskUnit.Days,
                "Since the account's last movement; unknown before the first."),
            Fact(
                RiskFact.RatioToUsual,
                "ratio_to_usual",
                "times the usual amount",
                RiskUnit.Times,
                "The amount compared with the mean debit of the last 30 days, by the day (UTC); unknown with fewer than 5 debits."),
            Fact(
                RiskFact.BalanceShare,
                "balance_share",
                "share of the balance",
                RiskUnit.Share,
                "How much of the available balance leaves; unknown for money coming in."),
            Fact(RiskFact.AccountAge, "account_age", "age of the account", RiskUnit.Days, "Since when the account exists."),
            Fact(
                RiskFact.SecurityChangeAge,
                "security_change_age",
                "time since a security change",
                RiskUnit.Hours,
                "Since password, e-mail address or second factor changed; unknown if they never did."),
            Fact(
                RiskFact.OnBlockedList,
                "on_blocked_list",
                "on the blocked list",
                RiskUnit.Flag,
                "One of the accounts, or its owner, is on the list of the blocked."),
            Fact(
                RiskFact.OnWatchList,
                "on_watch_list",
                "on the watch list",
                RiskUnit.Flag,
                "One of the accounts, or its owner, is being watched."),
            Fact(
                RiskFact.OnTrustedList,
                "on_trusted_list",
                "on the trusted list",
                RiskUnit.Flag,
                "The credited account, or its owner, is known to be good."),
            Fact(
                RiskFact.DebitsToOthers1h,
                "debits_to_others_1h",
                "debits in an hour, own transfers left out",
                RiskUnit.Count,
                "How often money left in the last hour, other than to the customer's own accounts; counted as debits in an hour."),
            Fact(
                RiskFact.TinyDebitsToOthers1h,
                "tiny_debits_to_others_1h",
                "tiny debits in an hour, own transfers left out",
                RiskUnit.Count,
                "Debits of at most 5 in the last hour, other than to the customer's own accounts; counted as tiny debits in an hour."),
        ];
        return [.. all.OrderBy(definition => definition.Fact)];
    }

    private static IEnumerable<RiskFactDefinition> Window(string suffix, string label, string period, string? creditPeriod)
    {
        foreach (var (side, verb) in new[] { ("Debit", "left"), ("Credit", "came in") })
        {
            var span = side == "Credit" && creditPeriod is not null ? creditPeriod : period;
            var lower = side.ToLowerInvariant();
            yield return Fact(
                Parse($"{side}s{suffix}"), $"{lower}s_{suffix}", $"{lower}s {label}", RiskUnit.Count, $"How often money {verb} {span}.");
            yield return Fact(
                Parse($"{side}Sum{suffix}"),
                $"{lower}_sum_{suffix}",
                $"sum of {lower}s {label}",
                RiskUnit.Money,
                $"How much money {verb} {span}.");
            yield return Fact(
                Parse($"{side}Max{suffix}"),
                $"{lower}_max_{suffix}",
                $"largest {lower} {label}",
                RiskUnit.Money,
                $"The most that {verb} at once {span}.");
        }
    }

    private static RiskFact Parse(string name) => Enum.Parse<RiskFact>(name);

    private static RiskFactDefinition Fact(RiskFact fact, string key, string label, RiskUnit unit, string meaning) =>
        new(fact, key, label, unit, meaning, []);
}
