namespace BankPortal.Core.Fraud.Cases;

/// <summary>Whose cases a queue shows.</summary>
public enum CaseOwner
{
    /// <summary>Everybody's.</summary>
    All,

    /// <summary>Those of whoever looks.</summary>
    Mine,

    /// <summary>Those nobody works on.</summary>
    Unassigned,
}
