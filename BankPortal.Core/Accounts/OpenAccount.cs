namespace BankPortal.Core.Accounts;

/// <summary>The wish to open an account.</summary>
/// <param name="IdempotencyKey">Names this wish; asked again with the same key, the first account is given back.</param>
/// <param name="Type">Checking or savings.</param>
/// <param name="Nickname">The owner's own name for it, 30 characters at most; optional.</param>
public sealed record OpenAccount(string IdempotencyKey, AccountType Type, string? Nickname = null);

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
