namespace BankPortal.Core.Fraud.Cases;

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
