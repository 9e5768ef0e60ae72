using BankPortal.Infrastructure.Notifications;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>Asks for a link to choose a new password. Answers the same for every address.</summary>
public sealed partial class ForgotPassword : AuthPage
{
    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal) { [nameof(LoginForm.Email)] = "email" };

    private bool _sent;
    private string _email = "";

    [Inject] public required PasswordReset PasswordReset { get; init; }

    [Inject] public required SignInText Text { get; init; }

    [Inject] public required IOptions<NotificationOptions> Notifications { get; init; }

    [SupplyParameterFromForm(FormName = "forgot-password")] public LoginForm Form { get; set; } = default!;

    private bool CanSend => Notifications.Value.CanSend;

    protected override void OnInitialized() => Form ??= new();

    private async Task SubmitAsync()
    {
        RegistrationForm.CheckEmail(Errors, nameof(LoginForm.Email), Form.Email);
        if (Errors.Any || !CanSend)
        {
            return;
        }

        _email = Form.Email!.Trim();
        await PasswordReset.RequestAsync(_email, Site, HttpContext.RequestAborted);
        _sent = true;
    }
}
