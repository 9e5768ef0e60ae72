namespace BankPortal.Core.Accounts;

/// <summary>A request to open an account.</summary>
/// <param name="IdempotencyKey">Identifies the request; a repeat with the same key returns the account opened first.</param>
/// <param name="Type">Checking or savings.</param>
/// <param name="Nickname">The owner's name for the account, 30 characters at most; optional.</param>
public sealed record OpenAccount(string IdempotencyKey, AccountType Type, string? Nickname = null);

/// <summary>The outcome of an attempt to open an account.</summary>
public enum OpenOutcome
{
    /// <summary>The account was opened.</summary>
    Opened,

    /// <summary>An account with that id exists: this is a repeat of the request.</summary>
    AlreadyOpened,

    /// <summary>The account number is taken; try again with another one.</summary>
    NumberTaken,

    /// <summary>The owner already has the maximum number of accounts.</summary>
    TooMany,
}
