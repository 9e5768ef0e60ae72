namespace BankPortal.Core.Fraud.Cases;

/// <summary>What a case turned out to be, from harmless to worst. Stored by name: members may be added, never renamed.</summary>
public enum CaseDisposition
{
    /// <summary>Nothing was wrong: the alert was mistaken.</summary>
    FalsePositive,

    /// <summary>It could not be explained, and could not be proven.</summary>
    Suspicious,

    /// <summary>It was fraud.</summary>
    ConfirmedFraud,
}
