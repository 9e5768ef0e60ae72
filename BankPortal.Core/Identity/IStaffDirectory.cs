namespace BankPortal.Core.Identity;

/// <summary>Lists bank staff, for modules in which people assign work to each other.</summary>
public interface IStaffDirectory
{
    /// <summary>
    /// Reads everybody who has one of the roles. A role given a moment ago may be missing; a role that was taken away is never listed.
    /// </summary>
    Task<IReadOnlyList<StaffMember>> ListAsync(IReadOnlyCollection<string> roles, CancellationToken ct = default);
}
