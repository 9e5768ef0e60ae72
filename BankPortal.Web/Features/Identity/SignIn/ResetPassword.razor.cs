namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The page that sets a new password for a person who opened the link in the message.</summary>
public sealed partial class ResetPassword : AuthPage
{
    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal)
    {
        [nameof(NewPasswordForm.Password)] = "password",
        [nameof(NewPasswordForm.ConfirmPassword)] = "confirm-password",
    };

    private BankUser? _user;

    [Inject] public required PasswordReset PasswordReset { get; init; }

    [Inject] public required SignInText Text { get; init; }

    [SupplyParameterFromQuery(Name = "u")] public string? UserId { get; set; }

    [SupplyParameterFromQuery(Name = "t")] public string? Token { get; set; }

    [SupplyParameterFromForm(FormName = "reset-password")] public NewPasswordForm Form { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        _user = await PasswordReset.FindAsync(UserId, Token);
    }

    private async Task SubmitAsync()
    {
        if (_user is null)
        {
            return;
        }

        RegistrationForm.CheckNewPassword(Errors, Form.Password, Form.ConfirmPassword);
        if (Errors.Any)
        {
            return;
        }

        var result = await PasswordReset.ResetAsync(_user, Token, Form.Password!, Site, HttpContext.RequestAborted);
        if (result.Succeeded)
        {
            Go("/auth/login?reason=reset");
            return;
        }

        foreach (var error in result.Errors)
        {
            if (error.Code.StartsWith("Password", StringComparison.Ordinal))
            {
                Errors.Add(nameof(NewPasswordForm.Password), error.Description);
            }
            else
            {
                _user = null;
            }
        }
    }
}
