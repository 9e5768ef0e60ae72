namespace BankPortal.Core.Identity;

/// <summary>Makes customers known who come from other books and have not registered themselves.</summary>
public interface ICustomerRegistry
{
    /// <summary>
    /// Makes sure there is a user for a customer of another system. Such a user has no password, so nobody can sign in as
    /// it, until one is set by way of the e-mail address.
    /// </summary>
    /// <param name="source">The other system or file.</param>
    /// <param name="externalId">The customer's id there; the same source and id always mean the same user.</param>
    /// <param name="fullName">The name the accounts are held under.</param>
    /// <param name="email">The e-mail address, if known.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>The user's id; or the reason the customer cannot be taken in, such as an e-mail address somebody else has.</returns>
    Task<Common.Result<string>> EnsureCustomerAsync(string source, string externalId, string fullName, string? email, CancellationToken ct = default);
}
