namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The base of the pages for the second step of signing in, which take a code of some kind.</summary>
public abstract class SecondFactorPage : AuthPage
{
    [Inject] public required SignInFlow Flow { get; init; }

    /// <summary>The person whose password was right a moment ago.</summary>
    protected BankUser? Waiting { get; private set; }

    protected override async Task OnInitializedAsync()
    {
        if (GoIfSignedIn())
        {
            return;
        }

        Waiting = await Flow.FindWaitingAsync();
        if (IsGet && Waiting is null)
        {
            Go("/auth/login?reason=expired");
        }
    }

    /// <summary>Checks the code and signs in, or shows why not.</summary>
    /// <param name="code">The code without blanks; <see langword="null"/> when there is none in what was typed.</param>
    /// <param name="missing">The sentence for a missing code.</param>
    /// <param name="check">Checks the code.</param>
    /// <param name="wrong">The sentence for a wrong code.</param>
    protected async Task SignInAsync(
        string? code, string missing, Func<string, string, CancellationToken, Task<(SignInStep Step, BankUser? User)>> check, string wrong)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (IsSignedIn)
        {
            return;
        }

        if (code is null)
        {
            Errors.Add(nameof(CodeForm.Code), missing);
            return;
        }

        var (step, user) = await check(code, Site, HttpContext.RequestAborted);
        Continue(step, () => HomePage.After([.. user!.Roles], ReturnUrl), nameof(CodeForm.Code), wrong);
    }
}
