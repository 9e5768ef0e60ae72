using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>Registers imported customers as users without a password. The user id is derived from the source and the id there.
/// Thread-safe.</summary>
public sealed class CustomerRegistry(IServiceScopeFactory scopes) : ICustomerRegistry
{
    /// <inheritdoc/>
    public async Task<Result<string>> EnsureCustomerAsync(
        string source, string externalId, string fullName, string? email, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(externalId);
        var name = TextInput.Clean(fullName);
        if (name.Length is 0 or > PersonName.MaxLength)
        {
            return new InvalidInputError("name", "the name is missing or too long");
        }

        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<DynamoUserStore>();
        var normalizer = scope.ServiceProvider.GetRequiredService<ILookupNormalizer>();
        var id = ICustomerRegistry.IdOf(source, externalId);
        if (await store.FindByIdAsync(id, ct) is not null)
        {
            return id;
        }

        // Without an address, the user name is the id in the other system; nobody can sign in with it until there is a password.
        var userName = email ?? $"{source}:{externalId}";
        var user = new BankUser
        {
            Id = id,
            UserName = userName,
            NormalizedUserName = normalizer.NormalizeName(userName)!,
            Email = email,
            NormalizedEmail = normalizer.NormalizeEmail(email),
            FullName = name,
            SecurityStamp = DerivedId.Random(),
        };
        user.Roles.Add(BankRoles.Customer);
        var created = await store.CreateAsync(user, ct);
        if (created.Succeeded || await store.FindByIdAsync(id, ct) is not null)
        {
            return id;
        }

        return new InvalidInputError("email", string.Join(" ", created.Errors.Select(error => error.Description)));
    }
}
