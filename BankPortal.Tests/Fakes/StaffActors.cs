namespace BankPortal.Tests.Fakes;

/// <summary>Members of staff for tests that are not about the second factor: its proof is always fresh.</summary>
public static class StaffActors
{
    public static Actor Fresh(string userId, string role) => new(userId, [role], SecondFactorAt: DateTimeOffset.MaxValue);
}
