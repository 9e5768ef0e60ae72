using BankPortal.Web.Features.Identity.SignIn;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>
/// The base of the pages about the signed-in person. It checks the session against the store before anything is shown or
/// done, as on every other page.
/// </summary>
public abstract class IdentityPage : FormPage
{
    private string? _leaveTo;

    [Inject] public required UserManager<BankUser> Users { get; init; }

    [Inject] public required RequestSession RequestSession { get; init; }

    [Inject] public required StepUpGuard StepUp { get; init; }

    [Inject] public required SignInText SignInText { get; init; }

    /// <summary>What was done a moment ago, after the redirect.</summary>
    [SupplyParameterFromQuery(Name = "done")] public string? Done { get; set; }

    /// <summary>The session of the request.</summary>
    protected SessionHandle Session { get; private set; } = default!;

    /// <summary>The signed-in person, as stored right now.</summary>
    protected BankUser Person { get; private set; } = default!;

    /// <summary>When the second factor was last proven in this session.</summary>
    protected DateTimeOffset? SecondFactorAt { get; private set; }

    /// <summary>The browser and system of the session, such as "Chrome on Windows".</summary>
    protected string Device { get; private set; } = "";

    /// <summary>When the person signed in.</summary>
    protected DateTimeOffset SignedInAt { get; private set; }

    /// <summary>Whether the person works for the bank.</summary>
    protected bool IsStaff => AuthenticatorSetup.IsStaff(Person);

    /// <summary>Whether the person is redirected instead of being shown the page.</summary>
    protected bool IsLeaving => _leaveTo is not null;

    /// <summary>
    /// Redirects while loading, instead of showing the page. A form that was sent is still rendered, because the framework
    /// would not find its handler otherwise; the handler then does nothing but redirect (<see cref="Leave"/>).
    /// </summary>
    protected void GoInstead(string path)
    {
        _leaveTo = path;
        if (IsGet)
        {
            Go(path);
        }
    }

    /// <summary>Redirects where the page is not for the person. Every handler calls it first and stops when it is true.</summary>
    protected bool Leave()
    {
        if (_leaveTo is null)
        {
            return false;
        }

        Go(_leaveTo);
        return true;
    }

    /// <summary>Asks for the second factor first, and then leads back here, when its proof is missing or stale.</summary>
    protected void RequireProof(string returnUrl, bool formAsksForPassword)
    {
        if (!IsLeaving && StepUp.IsProofMissing(Person, SecondFactorAt, formAsksForPassword))
        {
            GoInstead(IdentityRoutes.VerifyThen(returnUrl));
        }
    }

    /// <summary>Whether the page has loaded what it shows. Before that, and when it redirects, it shows nothing.</summary>
    protected bool IsReady { get; private set; }

    protected sealed override async Task OnInitializedAsync()
    {
        try
        {
            var session = await RequestSession.GetAsync(HttpContext);
            Session = new SessionHandle(session.UserId, session.SessionId);
            SecondFactorAt = session.SecondFactorAt;
            SignedInAt = session.CreatedAt;
            Device = session.Device;
            Person = await Users.FindByIdAsync(session.UserId) ?? throw new SessionOverException(SessionEndReason.Ended);
            await LoadAsync();
            IsReady = !IsLeaving || !IsGet;
        }
        catch (SessionOverException over)
        {
            Go(IdentityRoutes.SignInAfter(over.Reason, HttpContext.Request.Path));
        }
    }

    /// <summary>Loads what the page shows. <see cref="Person"/> and <see cref="Session"/> are set.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Adds the sentence for a proof that failed.</summary>
    protected void AddProofError(ProofOutcome outcome, string field, string wrong)
    {
        if (outcome == ProofOutcome.Locked)
        {
            Errors.Add("", SignInText.Locked);
        }
        else
        {
            Errors.Add(field, wrong);
        }
    }
}
