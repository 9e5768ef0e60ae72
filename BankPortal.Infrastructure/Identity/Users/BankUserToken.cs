namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>A token kept for a user.</summary>
/// <param name="Provider">Who issued it.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Value">The token; encrypted at rest.</param>
public sealed record BankUserToken(string Provider, string Name, string? Value);
