namespace BankPortal.Core.Fraud.Cases;

/// <summary>A link from one case to another. The other case always has a link back.</summary>
/// <param name="CaseId">The id of the case that has the link.</param>
/// <param name="OtherId">The id of the case it leads to.</param>
/// <param name="Kind">The relation of the other case to this one.</param>
public sealed record CaseLink(string CaseId, string OtherId, CaseLinkKind Kind)
{
    /// <summary>The link in the opposite direction.</summary>
    public CaseLink Back => new(OtherId, CaseId, Kind switch
    {
        CaseLinkKind.EscalatedTo => CaseLinkKind.EscalatedFrom,
        CaseLinkKind.EscalatedFrom => CaseLinkKind.EscalatedTo,
        _ => CaseLinkKind.Related,
    });
}

/// <summary>The relation of two cases, seen from one of them. Stored by name.</summary>
public enum CaseLinkKind
{
    /// <summary>The cases are related.</summary>
    Related,

    /// <summary>This case was escalated to the other one.</summary>
    EscalatedTo,

    /// <summary>The other case was escalated to this one; its alerts are investigated here too.</summary>
    EscalatedFrom,
}
