namespace BankPortal.Core.Fraud.Cases;

/// <summary>Where a case stands. Stored by name: members may be added, never renamed.</summary>
public enum CaseState
{
    /// <summary>Nobody works on it yet.</summary>
    New,

    /// <summary>Somebody works on it.</summary>
    Investigating,

    /// <summary>Somebody else has to decide too: of a fraud case, compliance has a case of its own.</summary>
    Escalated,

    /// <summary>Decided, with a disposition. May be reopened.</summary>
    Closed,
}
