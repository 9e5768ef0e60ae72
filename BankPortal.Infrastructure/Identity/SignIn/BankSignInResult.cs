using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>Sign-in results beyond those of the framework.</summary>
public sealed class BankSignInResult : SignInResult
{
    private BankSignInResult() => IsNotAllowed = true;

    /// <summary>The password or code was right, but the bank has blocked the person's sign-in.</summary>
    public static SignInResult Blocked { get; } = new BankSignInResult();
}
