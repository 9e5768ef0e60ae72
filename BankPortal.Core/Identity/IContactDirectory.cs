namespace BankPortal.Core.Identity;

/// <summary>Gives the modules outside Identity the addresses to reach people at.</summary>
public interface IContactDirectory
{
    /// <summary>Reads how a person can be reached; <see langword="null"/> when there is no such user. Strongly consistent.</summary>
    Task<PersonContact?> FindAsync(string userId, CancellationToken ct = default);
}

/// <summary>How a person can be reached.</summary>
/// <param name="Name">The full name.</param>
/// <param name="Email">The confirmed e-mail address; <see langword="null"/> when there is none.</param>
public sealed record PersonContact(string Name, string? Email);
