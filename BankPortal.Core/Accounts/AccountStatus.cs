namespace BankPortal.Core.Accounts;

/// <summary>What an account lets through.</summary>
public enum AccountStatus
{
    /// <summary>Money may come in and go out.</summary>
    Active,

    /// <summary>Money may come in; nothing goes out.</summary>
    Frozen,

    /// <summary>Nothing comes in or goes out, for ever.</summary>
    Closed,
}
