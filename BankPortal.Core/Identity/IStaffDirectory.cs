namespace BankPortal.Core.Identity;

/// <summary>Who works for the bank, for rooms in which people hand work to each other.</summary>
public interface IStaffDirectory
{
    /// <summary>
    /// Everybody who has one of the roles. Somebody who was given a role a moment ago may be missing; nobody is listed who
    /// has it no more.
    /// </summary>
    Task<IReadOnlyList<StaffMember>> ListAsync(IReadOnlyCollection<string> roles, CancellationToken ct = default);
}
