using BankPortal.Core.Fraud.Live;
using BankPortal.Web.Components.Transactions;

namespace BankPortal.Web.Features.Fraud.Live;

/// <summary>The texts of the live monitor.</summary>
internal static class LiveText
{
    /// <summary>A count: "1,234".</summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>How many held transfers wait for a decision: "12", "100+"; a dash until they are counted.</summary>
    public static string HeldCount(LiveFrame frame) => frame.Queue is { } queue ? Number(queue.Count) + (queue.IsMore ? "+" : "") : "–";

    /// <summary>Whether the monitor keeps up with the ledger, and how old the data is.</summary>
    public static string Status(LiveFrame frame) => frame.State switch
    {
        LiveState.Live => $"Live, {Freshness(frame.At - frame.AsOf)} old",
        LiveState.Behind => $"Catching up, {Freshness(frame.At - frame.AsOf)} old",
        _ => "Catching up",
    };

    /// <summary>The outcome of a transfer, in one or two words.</summary>
    public static string Outcome(Transfer transfer) => (transfer.Risk?.Outcome, transfer.Status) switch
    {
        (_, TransferStatus.Held) => "Held",
        (_, TransferStatus.Rejected) => "Rejected",
        (_, TransferStatus.Blocked) => "Blocked",
        (_, _) when transfer.SettledAt is not null => "Released",
        (RiskOutcome.Alert, _) => "Alert",
        (null, _) => "Not assessed",
        _ => "Allowed",
    };

    /// <summary>The tone of <see cref="Outcome"/>.</summary>
    public static StatusTone Tone(Transfer transfer) => (transfer.Risk?.Outcome, transfer.Status) switch
    {
        (_, TransferStatus.Held) => StatusTone.Attention,
        (_, TransferStatus.Blocked) => StatusTone.Negative,
        (_, TransferStatus.Rejected) => StatusTone.Neutral,
        (RiskOutcome.Alert, _) => StatusTone.Information,
        (null, _) => StatusTone.Neutral,
        _ => StatusTone.Positive,
    };

    /// <summary>The name of one side: the label that the other side sees, or the name of one of the bank's own accounts.</summary>
    public static string Side(string accountId, string label) =>
        GeneralLedger.IsInternal(accountId) ? TransferText.InternalName(accountId) : label.Length > 0 ? label : "Customer account";

    /// <summary>The name of a rule; its id if the live rules do not have it.</summary>
    public static string Rule(RulesInForce rules, string ruleId) => ruleId == FraudScreening.NotAssessable
        ? "Could not be assessed"
        : rules.Live.Set.Rules.FirstOrDefault(rule => rule.Id == ruleId)?.Name ?? ruleId;

    /// <summary>A time span in one unit: "12 s", "5 min", "3 h", "2 days".</summary>
    public static string Age(TimeSpan age) => TimeText.Age(age);

    /// <summary>A volume without its currency, rounded: "12,345", "12.3 M".</summary>
    public static string Volume(Money volume) => volume.Amount switch
    {
        >= 10_000_000 and var large => (large / 1_000_000).ToString("N1", CultureInfo.CurrentCulture) + " M",
        var amount => amount.ToString("N0", CultureInfo.CurrentCulture),
    };

    /// <summary>The age of the data: "0.4 s".</summary>
    public static string Freshness(TimeSpan age) => age < TimeSpan.FromSeconds(10)
        ? Math.Max(0, age.TotalSeconds).ToString("0.0", CultureInfo.CurrentCulture) + " s"
        : Age(age);

    /// <summary>The duration of a decision: "850 µs", "2.4 ms".</summary>
    public static string Took(TimeSpan? took) => took switch
    {
        null => "–",
        { TotalMilliseconds: < 1 } short1 => short1.TotalMicroseconds.ToString("0", CultureInfo.CurrentCulture) + " µs",
        { TotalMilliseconds: < 10 } short2 => short2.TotalMilliseconds.ToString("0.0", CultureInfo.CurrentCulture) + " ms",
        { TotalMilliseconds: < 1000 } some => some.TotalMilliseconds.ToString("0", CultureInfo.CurrentCulture) + " ms",
        { } some => some.TotalSeconds.ToString("0.0", CultureInfo.CurrentCulture) + " s",
    };
}
