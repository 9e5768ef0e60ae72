using BankPortal.Web.Features.Identity.Security;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The first step of signing in: address and password.</summary>
public sealed partial class Login : AuthPage
{
    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal)
    {
        [nameof(LoginForm.Email)] = "email",
        [nameof(LoginForm.Password)] = "password",
    };

    [Inject] public required SignInFlow Flow { get; init; }

    [Inject] public required SignInText Text { get; init; }

    [SupplyParameterFromQuery(Name = "reason")] public string? Reason { get; set; }

    [SupplyParameterFromForm(FormName = "login")] public LoginForm Form { get; set; } = default!;

    /// <summary>The answer of a passkey, in place of address and password.</summary>
    [SupplyParameterFromForm(FormName = "login", Name = "Credential")] public string? Credential { get; set; }

    private string? NoticeText => Reason switch
    {
        "signedout" => "You are signed out.",
        "idle" => "You were signed out because nothing happened for a while. Sign in to go on.",
        "absolute" => "You were signed out because your session reached its longest time. Sign in to go on.",
        "security" => "You were signed out because your security settings changed. Sign in again.",
        "ended" or "security" when SignedOutMark.IsSet(HttpContext) => "You are signed out.",
        "ended" => "Your session was ended. Sign in to go on.",
        "expired" => "Signing in took too long. Please start again.",
        "confirmed" => "Your e-mail address is confirmed. You can sign in now.",
        "email" => "Your e-mail address was changed. Sign in with the new one.",
        "reset" => "Your new password is set, and you are signed out everywhere. Sign in with it.",
        _ when LocalUrl.IsLocal(ReturnUrl) && ReturnUrl != "/" => "Sign in to go on.",
        _ => null,
    };

    private bool IsGoodNews => Reason is "confirmed" or "email" or "reset" or "signedout"
        || (Reason is "ended" or "security" && SignedOutMark.IsSet(HttpContext));

    protected override void OnInitialized()
    {
        Form ??= new();
        GoIfSignedIn();
    }

    private async Task SubmitAsync()
    {
        if (IsSignedIn)
        {
            return;
        }

        if (!string.IsNullOrEmpty(Credential))
        {
            SignedOutMark.Delete(HttpContext);
            var (done, owner) = await Flow.PasskeyAsync(Credential, Site, HttpContext.RequestAborted);
            Continue(done, () => SecondFactorSetup.NextFor(owner!, ReturnUrl), "", SignInText.WrongPasskey);
            return;
        }

        RegistrationForm.CheckEmail(Errors, nameof(LoginForm.Email), Form.Email);
        if (string.IsNullOrEmpty(Form.Password))
        {
            Errors.Add(nameof(LoginForm.Password), "Enter your password.");
        }

        if (Errors.Any)
        {
            return;
        }

        SignedOutMark.Delete(HttpContext);
        var (step, user) = await Flow.PasswordAsync(Form.Email!.Trim(), Form.Password!, Site, HttpContext.RequestAborted);
        Continue(step, () => SecondFactorSetup.NextFor(user!, ReturnUrl), "", Text.Refused);
    }
}
