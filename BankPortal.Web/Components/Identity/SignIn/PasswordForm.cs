namespace BankPortal.Web.Components.Identity.SignIn;

/// <summary>A form with one password.</summary>
public sealed class PasswordForm
{
    public string? Password { get; set; }
}
