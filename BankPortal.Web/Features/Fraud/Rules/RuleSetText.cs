namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>The texts for the states and steps of rule sets.</summary>
public static class RuleSetText
{
    public static string Name(RuleSetState state) => state switch
    {
        RuleSetState.BackTested => "Back-tested",
        RuleSetState.Shadow => "In shadow",
        RuleSetState.Rejected => "Rejected",
        _ => state.ToString(),
    };

    public static StatusTone Tone(RuleSetState state) => state switch
    {
        RuleSetState.Live => StatusTone.Positive,
        RuleSetState.Shadow or RuleSetState.Approved => StatusTone.Information,
        RuleSetState.Draft or RuleSetState.BackTested => StatusTone.Attention,
        _ => StatusTone.Neutral,
    };

    public static string Name(RuleSetAction action) => action switch
    {
        RuleSetAction.Draft => "Draft created",
        RuleSetAction.Edit => "Edited",
        RuleSetAction.BackTest => "Back-tested",
        RuleSetAction.Shadow => "Put in shadow",
        RuleSetAction.Approve => "Approved",
        RuleSetAction.GoLive => "Made live",
        RuleSetAction.Retire => "Retired",
        RuleSetAction.Reject => "Rejected",
        _ => action.ToString(),
    };

    /// <summary>The next step of a version in this state.</summary>
    public static string Next(RuleSetState state) => state switch
    {
        RuleSetState.Draft => "Next: back-test it on past transfers.",
        RuleSetState.BackTested => "Next: run it in shadow, where it scores live transfers without effect. An edit makes it a draft again.",
        RuleSetState.Shadow => "It scores live transfers without effect. Next: a second person, who has not edited it, approves it.",
        RuleSetState.Approved => "Approved. It keeps scoring without effect until it is made live.",
        RuleSetState.Live => "It decides whether transfers are allowed, held or blocked.",
        RuleSetState.Retired => "It was live. It can be made live again if its successor has to be withdrawn.",
        RuleSetState.Rejected => "It was rejected and is kept for the record.",
        _ => "",
    };

}
