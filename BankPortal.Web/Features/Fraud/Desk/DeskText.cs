using BankPortal.Core.Fraud.Lists;

namespace BankPortal.Web.Features.Fraud.Desk;

/// <summary>The texts of the fraud desk.</summary>
public static class DeskText
{
    /// <summary>The periods for which something may be put on a list, in days, with their names.</summary>
    public static IReadOnlyList<(int Days, string Text)> Durations { get; } =
        [(1, "1 day"), (7, "1 week"), (30, "30 days"), (90, "90 days"), (365, "1 year")];

    /// <summary>The text of one of <see cref="Durations"/>.</summary>
    public static string Duration(int days) => Durations.First(duration => duration.Days == days).Text;

    /// <summary>A time span in its two largest units: "2 h 5 min".</summary>
    public static string Span(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalHours: < 1 } => $"{Number(time.Minutes)} min",
        { TotalDays: < 1 } => time.Minutes == 0 ? $"{Number(time.Hours)} h" : $"{Number(time.Hours)} h {Number(time.Minutes)} min",
        { TotalDays: >= 7 } => $"{((int)time.TotalDays).ToString("N0", CultureInfo.CurrentCulture)} d",
        _ => time.Hours == 0 ? $"{Number((int)time.TotalDays)} d" : $"{Number((int)time.TotalDays)} d {Number(time.Hours)} h",
    };

    /// <summary>A list's name.</summary>
    public static string List(string list) => list switch
    {
        RiskLists.Blocked => "Blocked",
        RiskLists.Watched => "Watched",
        RiskLists.Trusted => "Trusted",
        _ => list,
    };

    /// <summary>The effect of being on a list.</summary>
    public static string Effect(string list) => list switch
    {
        RiskLists.Blocked => "Transfers from and to it are refused.",
        RiskLists.Watched => "Transfers from and to it are held for a decision.",
        RiskLists.Trusted => "Transfers to it get a lower score.",
        _ => "",
    };

    /// <summary>The tone of a list.</summary>
    public static StatusTone Tone(string list) => list switch
    {
        RiskLists.Blocked => StatusTone.Negative,
        RiskLists.Watched => StatusTone.Attention,
        RiskLists.Trusted => StatusTone.Positive,
        _ => StatusTone.Neutral,
    };

    /// <summary>What kind of entry it is.</summary>
    public static string Kind(ListedKind kind) => kind == ListedKind.Account ? "Account" : "Customer";

    /// <summary>The state of a case, with its disposition when it is closed.</summary>
    public static string State(Case one) => (one.State, one.Disposition) switch
    {
        (CaseState.Closed, CaseDisposition.ConfirmedFraud) => "Closed: confirmed fraud",
        (CaseState.Closed, CaseDisposition.Suspicious) => "Closed: suspicious",
        (CaseState.Closed, CaseDisposition.FalsePositive) => "Closed: false positive",
        (var state, _) => state.ToString(),
    };

    /// <summary>A staff action, as a sentence without its subject.</summary>
    public static string Action(string action) => action switch
    {
        "account.freeze" => "Froze the account",
        "account.unfreeze" => "Unfroze the account",
        "customer.block-sign-in" => "Blocked signing in",
        "customer.unblock-sign-in" => "Lifted the block on signing in",
        "list.add" => "Put on a list",
        "list.extend" => "Extended the time on a list",
        "list.remove" => "Removed from a list",
        "transfer.release" => "Released",
        "transfer.reject" => "Rejected",
        "transfer.reverse" => "Reversed",
        _ => action,
    };

    private static string Number(int value) => value.ToString(CultureInfo.CurrentCulture);
}
