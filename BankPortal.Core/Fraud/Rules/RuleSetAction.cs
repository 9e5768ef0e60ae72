namespace BankPortal.Core.Fraud.Rules;

/// <summary>A step in the life of a version. Stored by name: members may be added, never renamed.</summary>
public enum RuleSetAction
{
    /// <summary>It was begun.</summary>
    Draft,

    /// <summary>Its rules were changed.</summary>
    Edit,

    /// <summary>It was tried on past transfers.</summary>
    BackTest,

    /// <summary>It was put beside the live version.</summary>
    Shadow,

    /// <summary>A second person approved it.</summary>
    Approve,

    /// <summary>It was made live.</summary>
    GoLive,

    /// <summary>Another version took its place.</summary>
    Retire,

    /// <summary>It was given up.</summary>
    Reject,
}
