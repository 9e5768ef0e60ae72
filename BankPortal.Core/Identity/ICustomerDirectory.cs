namespace BankPortal.Core.Identity;

/// <summary>Gives the modules outside Identity the names of customers.</summary>
public interface ICustomerDirectory
{
    /// <summary>Reads a user's full name; <see langword="null"/> when there is no such user. Strongly consistent.</summary>
    Task<string?> FindNameAsync(string userId, CancellationToken ct = default);

    /// <summary>Reads the full names of several users in as few round trips as possible; unknown ids are left out.</summary>
    Task<IReadOnlyDictionary<string, string>> FindNamesAsync(IReadOnlyCollection<string> userIds, CancellationToken ct = default);
}
