namespace BankPortal.Core.Audit.Chain;

/// <summary>What a verification of the audit log found.</summary>
/// <param name="Links">The number of links that were verified.</param>
/// <param name="Rows">The number of rows they cover.</param>
/// <param name="Anchors">The number of anchors that were verified.</param>
/// <param name="Older">Rows from before the first link, which no link covers.</param>
/// <param name="FindingCount">The number of faults.</param>
/// <param name="Findings">The first of them.</param>
public sealed record AuditVerification(
    long Links, long Rows, int Anchors, long Older, long FindingCount, ImmutableArray<AuditFinding> Findings)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsClean => FindingCount == 0;
}

/// <summary>A fault in the audit log.</summary>
/// <param name="Kind">The kind of fault.</param>
/// <param name="Where">The link, row or anchor.</param>
public sealed record AuditFinding(AuditFault Kind, string Where)
{
    /// <summary>The fault in one sentence.</summary>
    public string Sentence => Kind switch
    {
        AuditFault.RowMissing => $"A row was removed: {Where}.",
        AuditFault.RowChanged => $"A row was changed: {Where}.",
        AuditFault.RowNotLinked => $"A row was added outside the chain: {Where}.",
        AuditFault.LinkMissing => $"A link is missing: {Where}.",
        AuditFault.LinkChanged => $"A link was changed: {Where}.",
        AuditFault.AnchorBroken => $"An anchor does not fit the chains or the anchor before: {Where}.",
        AuditFault.SignatureWrong => $"A signature is wrong: {Where}.",
        AuditFault.FileIncomplete => $"The file is incomplete: {Where}.",
        AuditFault.FileUnreadable => $"The file cannot be read: {Where}.",
        _ => Where,
    };
}

/// <summary>The kinds of faults in the audit log.</summary>
public enum AuditFault
{
    /// <summary>A row that a link covers is not there.</summary>
    RowMissing,

    /// <summary>A row is not what its link covers.</summary>
    RowChanged,

    /// <summary>A row names no link, or one that does not cover it.</summary>
    RowNotLinked,

    /// <summary>A number is missing in a chain.</summary>
    LinkMissing,

    /// <summary>A link does not fit its own hash or the link before.</summary>
    LinkChanged,

    /// <summary>An anchor names a link that is not there, or does not fit the anchor before.</summary>
    AnchorBroken,

    /// <summary>An anchor or an export was not signed by the bank's key.</summary>
    SignatureWrong,

    /// <summary>An export lacks its end or what belongs to a link.</summary>
    FileIncomplete,

    /// <summary>An export has a line that is none of its format.</summary>
    FileUnreadable,
}
