namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The second step of signing in without the authenticator app.</summary>
public sealed partial class LoginRecovery : AuthPage
{
    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal) { [nameof(CodeForm.Code)] = "recovery-code" };

    [Inject]
    public required SignInFlow Flow { get; init; }

    [SupplyParameterFromForm(FormName = "login-recovery")]
    public CodeForm Form { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        if (IsSignedIn)
        {
            Go(HomePage.After(HttpContext.User.BankRolesOf(), ReturnUrl));
        }
        else if (HttpMethods.IsGet(HttpContext.Request.Method) && !await Flow.IsWaitingForSecondFactorAsync())
        {
            Go("/auth/login?reason=expired");
        }
    }

    private async Task SubmitAsync()
    {
        if (IsSignedIn)
        {
            return;
        }

        var code = string.Concat((Form.Code ?? "").Where(c => !char.IsWhiteSpace(c)));
        if (code.Length == 0)
        {
            Errors.Add(nameof(CodeForm.Code), "Enter a recovery code.");
            return;
        }

        var (step, user) = await Flow.RecoveryCodeAsync(code, HttpContext.RequestAborted);
        switch (step)
        {
            case SignInStep.Done:
                Go(HomePage.After([.. user!.Roles], ReturnUrl));
                break;
            case SignInStep.Locked:
                Go("/auth/lockout");
                break;
            case SignInStep.Unavailable:
                Errors.Add("", SignInText.Unavailable);
                break;
            case SignInStep.Expired:
                Go("/auth/login?reason=expired");
                break;
            default:
                Errors.Add(nameof(CodeForm.Code), "That recovery code is not right, or it was used already.");
                break;
        }
    }
}
