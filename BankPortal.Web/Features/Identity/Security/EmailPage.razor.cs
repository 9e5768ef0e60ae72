using BankPortal.Web.Features.Identity.SignIn;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>The page that asks for a new e-mail address. It requires a fresh proof of identity.</summary>
public sealed partial class EmailPage : IdentityPage
{
    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal) { [nameof(EmailForm.Email)] = "email" };

    [Inject] public required EmailChange Change { get; init; }

    [SupplyParameterFromForm(FormName = "email")] public EmailForm? Form { get; set; }

    protected override Task LoadAsync()
    {
        Form ??= new();
        RequireProof(IdentityRoutes.Email, formAsksForPassword: false);
        return Task.CompletedTask;
    }

    private async Task SubmitAsync()
    {
        if (Leave())
        {
            return;
        }

        RegistrationForm.CheckEmail(Errors, nameof(Form.Email), Form!.Email);
        if (Errors.Any || !EmailInput.TryNormalize(Form.Email, out var email))
        {
            return;
        }

        Errors = await Change.AskAsync(Person, email, Site);
        if (!Errors.Any)
        {
            Go(IdentityRoutes.Profile + "?done=email-asked");
        }
    }

    /// <summary>The form as sent.</summary>
    public sealed class EmailForm
    {
        public string? Email { get; set; }
    }
}
