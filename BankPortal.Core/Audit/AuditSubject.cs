namespace BankPortal.Core.Audit;

/// <summary>What staff acted on.</summary>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="Id">Its id.</param>
public sealed record AuditSubject(AuditSubjectKind Kind, string Id)
{
    /// <summary>An account.</summary>
    public static AuditSubject Account(string id) => new(AuditSubjectKind.Account, id);

    /// <summary>A person.</summary>
    public static AuditSubject Customer(string id) => new(AuditSubjectKind.Customer, id);

    /// <summary>A transfer.</summary>
    public static AuditSubject Transfer(string id) => new(AuditSubjectKind.Transfer, id);

    /// <summary>A case.</summary>
    public static AuditSubject Case(string id) => new(AuditSubjectKind.Case, id);

    /// <summary>A version of the risk rules.</summary>
    public static AuditSubject RuleSet(string id) => new(AuditSubjectKind.RuleSet, id);
}

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
