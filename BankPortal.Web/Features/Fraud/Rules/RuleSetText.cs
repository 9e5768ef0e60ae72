namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>What the states and steps of rule sets are called.</summary>
public static class RuleSetText
{
    public static string Name(RuleSetState state) => state switch
    {
        RuleSetState.BackTested => "Back-tested",
        RuleSetState.Shadow => "In shadow",
        RuleSetState.Rejected => "Given up",
        _ => state.ToString(),
    };

    public static StatusTone Tone(RuleSetState state) => state switch
    {
        RuleSetState.Live => StatusTone.Positive,
        RuleSetState.Shadow or RuleSetState.Approved => StatusTone.Information,
        RuleSetState.Draft or RuleSetState.BackTested => StatusTone.Attention,
        _ => StatusTone.Neutral,
    };

    public static string Name(RuleSetAction act) => act switch
    {
        RuleSetAction.Draft => "Begun",
        RuleSetAction.Edit => "Edited",
        RuleSetAction.BackTest => "Back-tested",
        RuleSetAction.Shadow => "Put in shadow",
        RuleSetAction.Approve => "Approved",
        RuleSetAction.GoLive => "Made live",
        RuleSetAction.Retire => "Retired",
        RuleSetAction.Reject => "Given up",
        _ => act.ToString(),
    };

    /// <summary>What the version waits for.</summary>
    public static string Next(RuleSetState state) => state switch
    {
        RuleSetState.Draft => "Next: back-test it on past transfers.",
        RuleSetState.BackTested => "Next: put it in shadow, where it scores live transfers without effect. An edit makes it a draft again.",
        RuleSetState.Shadow => "It scores live transfers without effect. Next: somebody who has not worked on it approves it.",
        RuleSetState.Approved => "Approved. It goes on scoring without effect until it is made live.",
        RuleSetState.Live => "It decides about transfers.",
        RuleSetState.Retired => "It was live. It can be made live again, should its successor turn out wrong.",
        RuleSetState.Rejected => "It was given up and is kept for the record.",
        _ => "",
    };

    /// <summary>A person by name.</summary>
    public static string Person(IReadOnlyDictionary<string, string> names, string userId) =>
        userId == Actor.SystemUserId ? "the bank" : names.GetValueOrDefault(userId) ?? "somebody who is not known any more";
}
