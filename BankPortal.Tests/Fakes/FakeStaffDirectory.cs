namespace BankPortal.Tests.Fakes;

/// <summary>Staff by hand.</summary>
public sealed class FakeStaffDirectory : IStaffDirectory
{
    public List<StaffMember> Members { get; } = [];

    public StaffMember Add(string userId, string name, params string[] roles)
    {
        var member = new StaffMember(userId, name, [.. roles]);
        Members.Add(member);
        return member;
    }

    public Task<IReadOnlyList<StaffMember>> ListAsync(IReadOnlyCollection<string> roles, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<StaffMember>>([.. Members.Where(member => member.Roles.Overlaps(roles))]);
}
