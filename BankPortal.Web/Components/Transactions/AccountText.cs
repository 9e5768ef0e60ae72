namespace BankPortal.Web.Components.Transactions;

/// <summary>What kinds and states of accounts are called on screen.</summary>
public static class AccountText
{
    /// <summary>The kind, as a name.</summary>
    public static string Name(AccountType type) => type == AccountType.Savings ? "Savings account" : "Checking account";

    /// <summary>The state in one word.</summary>
    public static string Name(AccountStatus status) => status.ToString();

    /// <summary>The weight of the state.</summary>
    public static StatusTone Tone(AccountStatus status) => status switch
    {
        AccountStatus.Active => StatusTone.Positive,
        AccountStatus.Frozen => StatusTone.Attention,
        _ => StatusTone.Neutral,
    };
}
