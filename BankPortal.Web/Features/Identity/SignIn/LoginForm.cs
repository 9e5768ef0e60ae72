namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The sign-in form as sent.</summary>
public sealed class LoginForm
{
    public string? Email { get; set; }

    public string? Password { get; set; }
}
