namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The form with a new password as sent.</summary>
public sealed class NewPasswordForm
{
    public string? Password { get; set; }

    public string? ConfirmPassword { get; set; }
}
