namespace BankPortal.Core.Audit;

/// <summary>What kind of thing staff acted on.</summary>
public enum AuditSubjectKind
{
    /// <summary>A customer's account.</summary>
    Account,

    /// <summary>A person.</summary>
    Customer,

    /// <summary>A transfer.</summary>
    Transfer,

    /// <summary>A case of the fraud desk.</summary>
    Case,

    /// <summary>A version of the risk rules.</summary>
    RuleSet,

    /// <summary>A risk list.</summary>
    List,
}
