namespace BankPortal.Core.Identity;

/// <summary>Registers customers who are imported from another system and have not registered themselves.</summary>
public interface ICustomerRegistry
{
    /// <summary>The user id of a customer of another system, whether there is such a user or not.</summary>
    static string IdOf(string source, string externalId) => Common.DerivedId.From("customer", source, externalId);

    /// <summary>
    /// Ensures that there is a user for a customer of another system. The user has no password, so nobody can sign in until the customer
    /// sets one through the e-mail address.
    /// </summary>
    /// <param name="source">The other system or file.</param>
    /// <param name="externalId">The customer's id there; the same source and id always give the same user.</param>
    /// <param name="fullName">The name of the account holder.</param>
    /// <param name="email">The e-mail address, if known.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The user id; or an error when the customer cannot be registered, for example because another user has the e-mail
    /// address.</returns>
    Task<Common.Result<string>> EnsureCustomerAsync(
        string source, string externalId, string fullName, string? email, CancellationToken ct = default);
}
