namespace BankPortal.Core.Fraud.Cases;

/// <summary>Whose case an alert belongs to.</summary>
public enum CaseSide
{
    /// <summary>The customer whose money moves out, or who moves cash.</summary>
    Payer,

    /// <summary>The customer who receives.</summary>
    Payee,
}
