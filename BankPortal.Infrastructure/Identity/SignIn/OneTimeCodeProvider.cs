using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// Verifies authenticator app codes and accepts each only once: after a code is used, it is refused on every node, also when a clock is
/// set back. Allows one step of clock difference either way. The code that confirms a new key is marked as used in the write that stores
/// the key.
/// </summary>
public sealed class OneTimeCodeProvider : IUserTwoFactorTokenProvider<BankUser>
{
    private readonly DynamoUserStore _store;
    private readonly TimeProvider _time;

    internal OneTimeCodeProvider(DynamoUserStore store, TimeProvider time)
    {
        _store = store;
        _time = time;
    }

    /// <inheritdoc/>
    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<BankUser> manager, BankUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Task.FromResult(user.AuthenticatorKey is { Length: > 0 });
    }

    /// <summary>Returns an empty text: the person's app generates the codes.</summary>
    /// <inheritdoc/>
    public Task<string> GenerateAsync(string purpose, UserManager<BankUser> manager, BankUser user) => Task.FromResult("");

    /// <inheritdoc/>
    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<BankUser> manager, BankUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.AuthenticatorKey is not { Length: > 0 } key
            || OneTimeCode.DecodeSecret(key) is not { } secret
            || !OneTimeCode.TryReadCode(token, out var code)
            || OneTimeCode.FindStep(secret, code, _time.GetUtcNow()) is not { } step)
        {
            return false;
        }

        if (user.Stored is { } stored && !string.Equals(stored.AuthenticatorKey, key, StringComparison.Ordinal))
        {
            // The steps in the row are those of the stored key. One update can store the new one, under the concurrency stamp.
            user.ConfirmedStep = (key, step);
            return true;
        }

        return await _store.TryUseTotpStepAsync(user.Id, step, CancellationToken.None);
    }
}
