using BankPortal.Web.Features.Identity.SignIn;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>The page that changes the password of a signed-in person.</summary>
public sealed partial class PasswordPage : IdentityPage
{
    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal)
    {
        [nameof(PasswordForm.CurrentPassword)] = "current-password",
        [nameof(PasswordForm.Password)] = "password",
        [nameof(PasswordForm.ConfirmPassword)] = "confirm-password",
    };

    [Inject] public required PasswordChange Change { get; init; }

    [SupplyParameterFromForm(FormName = "password")] public PasswordForm? Form { get; set; }

    protected override Task LoadAsync()
    {
        Form ??= new();
        RequireProof(IdentityRoutes.Password, formAsksForPassword: true);
        return Task.CompletedTask;
    }

    private async Task SubmitAsync()
    {
        if (Leave())
        {
            return;
        }

        if (string.IsNullOrEmpty(Form!.CurrentPassword))
        {
            Errors.Add(nameof(Form.CurrentPassword), "Enter your current password.");
        }

        RegistrationForm.CheckNewPassword(Errors, Form.Password, Form.ConfirmPassword);
        if (Errors.Any)
        {
            return;
        }

        Errors = await Change.ChangeAsync(Session, Person, Form.CurrentPassword!, Form.Password!, Site);
        if (!Errors.Any)
        {
            Go(IdentityRoutes.Security + "?done=password");
        }
    }

    /// <summary>The form as sent.</summary>
    public sealed class PasswordForm
    {
        public string? CurrentPassword { get; set; }

        public string? Password { get; set; }

        public string? ConfirmPassword { get; set; }
    }
}
