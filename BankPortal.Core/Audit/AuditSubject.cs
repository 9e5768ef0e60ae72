namespace BankPortal.Core.Audit;

/// <summary>The object of a staff action.</summary>
/// <param name="Kind">The kind of object.</param>
/// <param name="Id">Its id.</param>
public sealed record AuditSubject(AuditSubjectKind Kind, string Id)
{
    /// <summary>The audit log itself.</summary>
    public static AuditSubject Log { get; } = new(AuditSubjectKind.Log, "log");

    /// <summary>Creates the subject for an account.</summary>
    public static AuditSubject Account(string id) => new(AuditSubjectKind.Account, id);

    /// <summary>Creates the subject for a customer.</summary>
    public static AuditSubject Customer(string id) => new(AuditSubjectKind.Customer, id);

    /// <summary>Creates the subject for a transfer.</summary>
    public static AuditSubject Transfer(string id) => new(AuditSubjectKind.Transfer, id);

    /// <summary>Creates the subject for a case.</summary>
    public static AuditSubject Case(string id) => new(AuditSubjectKind.Case, id);

    /// <summary>Creates the subject for a version of the rule set.</summary>
    public static AuditSubject RuleSet(string id) => new(AuditSubjectKind.RuleSet, id);

    /// <summary>Creates the subject for a closed day of the bank.</summary>
    public static AuditSubject Day(DateOnly day) =>
        new(AuditSubjectKind.Day, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>Creates the subject for a report.</summary>
    public static AuditSubject Report(string id) => new(AuditSubjectKind.Report, id);

    /// <summary>Creates the subject for a version of a product's terms.</summary>
    public static AuditSubject Terms(string id) => new(AuditSubjectKind.Terms, id);

    /// <summary>Creates the subject for a loan.</summary>
    public static AuditSubject Loan(string id) => new(AuditSubjectKind.Loan, id);
}

/// <summary>The kind of object of a staff action.</summary>
public enum AuditSubjectKind
{
    /// <summary>A customer's account.</summary>
    Account,

    /// <summary>A customer.</summary>
    Customer,

    /// <summary>A transfer.</summary>
    Transfer,

    /// <summary>A fraud case.</summary>
    Case,

    /// <summary>A version of the rule set.</summary>
    RuleSet,

    /// <summary>A risk list.</summary>
    List,

    /// <summary>A version of a product's terms.</summary>
    Terms,

    /// <summary>An event in the outbox.</summary>
    Event,

    /// <summary>A closed day of the bank.</summary>
    Day,

    /// <summary>The audit log itself: verified or exported.</summary>
    Log,

    /// <summary>A loan, or a kind of loan.</summary>
    Loan,

    /// <summary>A report.</summary>
    Report,
}
