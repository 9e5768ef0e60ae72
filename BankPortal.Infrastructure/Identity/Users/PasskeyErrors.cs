using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>Why a passkey is not added or removed.</summary>
public static class PasskeyErrors
{
    /// <summary>The person has as many passkeys as allowed.</summary>
    public static IdentityError TooMany { get; } = new()
    {
        Code = "TooManyPasskeys",
        Description = $"You have {PasskeyRule.MostPasskeys} passkeys, which is the most. Remove one that you no longer use first.",
    };

    /// <summary>The person has no such passkey.</summary>
    public static IdentityError Unknown { get; } = new()
    {
        Code = "UnknownPasskey",
        Description = "This passkey was removed already.",
    };

    /// <summary>Without it the person would have no second factor.</summary>
    public static IdentityError LastSecondFactor { get; } = new()
    {
        Code = "LastSecondFactor",
        Description = "This passkey is your only second factor. Set up the authenticator or add another passkey first.",
    };
}
