namespace BankPortal.Core.Identity;

/// <summary>What the rooms outside Identity may know of a customer.</summary>
public interface ICustomerDirectory
{
    /// <summary>The full name of a user, or <see langword="null"/> when there is no such user. Strongly consistent.</summary>
    Task<string?> FindNameAsync(string userId, CancellationToken ct = default);

    /// <summary>The full names of several users in as few round trips as possible; unknown ids are left out.</summary>
    Task<IReadOnlyDictionary<string, string>> FindNamesAsync(IReadOnlyCollection<string> userIds, CancellationToken ct = default);
}
