namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The second step of signing in: the code of the authenticator app.</summary>
public sealed partial class LoginCode : AuthPage
{
    private const int Digits = 6;

    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal) { [nameof(CodeForm.Code)] = "code" };

    [Inject]
    public required SignInFlow Flow { get; init; }

    [SupplyParameterFromForm(FormName = "login-code")]
    public CodeForm Form { get; set; } = default!;

    /// <summary>The digits of a code typed with blanks or hyphens; <see langword="null"/> when it is not six digits.</summary>
    internal static string? Clean(string? code)
    {
        var digits = string.Concat((code ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '\u2010' or '\u2011' or '.')));
        return digits.Length == Digits && digits.All(char.IsAsciiDigit) ? digits : null;
    }

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

        if (Clean(Form.Code) is not { } code)
        {
            Errors.Add(nameof(CodeForm.Code), "Enter the 6 digits of the code.");
            return;
        }

        var (step, user) = await Flow.CodeAsync(code, HttpContext.RequestAborted);
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
                Errors.Add(nameof(CodeForm.Code), "That code is not right, or it was used already. Wait for the next one and try again.");
                break;
        }
    }
}
