namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>A form with one password.</summary>
public sealed class PasswordForm
{
    public string? Password { get; set; }
}
