namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The base of the pages for people who are not signed in yet.</summary>
public abstract class AuthPage : FormPage
{
    /// <summary>Where to go after signing in.</summary>
    [SupplyParameterFromQuery(Name = "returnUrl")] public string? ReturnUrl { get; set; }

    /// <summary>Whether somebody is signed in already.</summary>
    protected bool IsSignedIn => HttpContext.User.Identity?.IsAuthenticated == true;

    /// <summary>The address of another of these pages, which keeps <see cref="ReturnUrl"/>.</summary>
    protected string With(string path) =>
        LocalUrl.IsLocal(ReturnUrl) && ReturnUrl != "/" ? $"{path}?returnUrl={Uri.EscapeDataString(ReturnUrl)}" : path;

    /// <summary>Redirects somebody who is signed in already to where they wanted to go.</summary>
    /// <returns>Whether the page redirects.</returns>
    protected bool GoIfSignedIn()
    {
        if (IsSignedIn)
        {
            Go(HomePage.After(HttpContext.User.BankRolesOf(), ReturnUrl));
        }

        return IsSignedIn;
    }

    /// <summary>Redirects to the next step of signing in, or shows why there is none.</summary>
    /// <param name="step">The result of the step before.</param>
    /// <param name="next">Gives the address to go to when the person is signed in.</param>
    /// <param name="field">The field that a refusal belongs to; empty for the whole form.</param>
    /// <param name="refusal">The sentence shown for a refusal.</param>
    protected void Continue(SignInStep step, Func<string> next, string field, string refusal)
    {
        ArgumentNullException.ThrowIfNull(next);
        switch (step)
        {
            case SignInStep.Done:
                Go(next());
                break;
            case SignInStep.SecondFactor:
                Go(With("/auth/login/code"));
                break;
            case SignInStep.Locked:
                Go("/auth/lockout");
                break;
            case SignInStep.Expired:
                Go("/auth/login?reason=expired");
                break;
            case SignInStep.WrongPasskey:
                Errors.Add("", SignInText.WrongPasskey);
                break;
            case SignInStep.Busy:
                Errors.Add("", SignInText.Busy);
                break;
            case SignInStep.Unavailable:
                Errors.Add("", SignInText.Unavailable);
                break;
            default:
                Errors.Add(field, refusal);
                break;
        }
    }
}
