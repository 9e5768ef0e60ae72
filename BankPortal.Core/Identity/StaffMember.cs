namespace BankPortal.Core.Identity;

/// <summary>A member of the bank's staff.</summary>
/// <param name="UserId">Their user id.</param>
/// <param name="Name">Their full name.</param>
/// <param name="Roles">Their roles.</param>
public sealed record StaffMember(string UserId, string Name, ImmutableHashSet<string> Roles);
