namespace BankPortal.Core.Accounts;

/// <summary>What came of an attempt to open an account.</summary>
public enum OpenOutcome
{
    /// <summary>It is open.</summary>
    Opened,

    /// <summary>An account with that id exists: the request was made before.</summary>
    AlreadyOpened,

    /// <summary>The account number is taken; draw another.</summary>
    NumberTaken,

    /// <summary>The owner has as many accounts as allowed.</summary>
    TooMany,
}
