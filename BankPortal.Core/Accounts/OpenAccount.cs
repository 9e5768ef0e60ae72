namespace BankPortal.Core.Accounts;

/// <summary>The wish to open an account.</summary>
/// <param name="IdempotencyKey">Names this wish; asked again with the same key, the first account is given back.</param>
/// <param name="Type">Checking or savings.</param>
/// <param name="Nickname">The owner's own name for it, 30 characters at most; optional.</param>
public sealed record OpenAccount(string IdempotencyKey, AccountType Type, string? Nickname = null);
