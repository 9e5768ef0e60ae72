namespace BankPortal.Core.Accounts;

/// <summary>The kind of a customer account.</summary>
public enum AccountType
{
    /// <summary>For everyday payments.</summary>
    Checking,

    /// <summary>For putting money aside.</summary>
    Savings,
}
