using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>An answer to signing in that the framework does not know.</summary>
public sealed class BankSignInResult : SignInResult
{
    private BankSignInResult() => IsNotAllowed = true;

    /// <summary>The password or code was right, but the bank lets this person not sign in.</summary>
    public static SignInResult Blocked { get; } = new BankSignInResult();
}
