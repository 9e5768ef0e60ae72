namespace BankPortal.Web.Features.Demo;

/// <summary>How to sign in as somebody of the demonstration.</summary>
/// <param name="Name">The full name.</param>
/// <param name="Role">The role.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="AuthenticatorKey">The key to give an authenticator app (Base32).</param>
internal sealed record DemoSignIn(string Name, string Role, string Email, string AuthenticatorKey);
