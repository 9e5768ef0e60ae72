namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>A token stored for a user.</summary>
/// <param name="Provider">The issuer.</param>
/// <param name="Name">The purpose.</param>
/// <param name="Value">The token; encrypted at rest.</param>
public sealed record BankUserToken(string Provider, string Name, string? Value);
