namespace BankPortal.Core.Fraud.Rules;

/// <summary>Where a version of the rule set stands. Stored by name: members may be added, never renamed.</summary>
public enum RuleSetState
{
    /// <summary>Being written; the only state besides <see cref="BackTested"/> in which its rules can change.</summary>
    Draft,

    /// <summary>Tried on past transfers as it is now. An edit makes it a draft again.</summary>
    BackTested,

    /// <summary>Scores live transfers without effect. From here on its rules never change.</summary>
    Shadow,

    /// <summary>A second person has approved it; it waits to be made live and goes on scoring without effect.</summary>
    Approved,

    /// <summary>Decides about transfers. One version does.</summary>
    Live,

    /// <summary>Was live. Can be made live again, should its successor turn out wrong.</summary>
    Retired,

    /// <summary>Given up. Final.</summary>
    Rejected,
}
