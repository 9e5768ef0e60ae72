namespace BankPortal.Core.Fraud.Cases;

/// <summary>A link from one case to another. There is always one back.</summary>
/// <param name="CaseId">The case that has the link.</param>
/// <param name="OtherId">The case it leads to.</param>
/// <param name="Kind">What the other is to this one.</param>
public sealed record CaseLink(string CaseId, string OtherId, CaseLinkKind Kind)
{
    /// <summary>The same link from the other side.</summary>
    public CaseLink Back => new(OtherId, CaseId, Kind switch
    {
        CaseLinkKind.EscalatedTo => CaseLinkKind.EscalatedFrom,
        CaseLinkKind.EscalatedFrom => CaseLinkKind.EscalatedTo,
        _ => CaseLinkKind.Related,
    });
}

/// <summary>What two cases have to do with each other, seen from one of them. Stored by name.</summary>
public enum CaseLinkKind
{
    /// <summary>They belong together.</summary>
    Related,

    /// <summary>The other is what compliance made of this one.</summary>
    EscalatedTo,

    /// <summary>The other was escalated to this one; its alerts are looked into here too.</summary>
    EscalatedFrom,
}
