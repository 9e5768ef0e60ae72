namespace BankPortal.Tests.Fakes;

/// <summary>People whose e-mail address is their user id at example.com.</summary>
public sealed class SampleContactDirectory : IContactDirectory
{
    public Task<PersonContact?> FindAsync(string userId, CancellationToken ct = default) =>
        Task.FromResult<PersonContact?>(new PersonContact(userId, userId + "@example.com"));
}
