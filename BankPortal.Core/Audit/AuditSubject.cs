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
