using BankPortal.Web.Features.Identity.Messages;
using BankPortal.Web.Features.Identity.SignIn;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>
/// What the static pages about the signed-in person share. They are plain forms, because they change cookies; the session
/// is checked against the store before anything is shown or done, like on every other page.
/// </summary>
public abstract class IdentityPage : ComponentBase
{
    private string? _leaveTo;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required PortalAddress Address { get; init; }

    [Inject]
    public required UserManager<BankUser> Users { get; init; }

    [Inject]
    public required RequestSession RequestSession { get; init; }

    [Inject]
    public required StepUpGuard StepUp { get; init; }

    /// <summary>What was done a moment ago, after the redirect.</summary>
    [SupplyParameterFromQuery(Name = "done")]
    public string? Done { get; set; }

    [CascadingParameter]
    protected HttpContext HttpContext { get; set; } = default!;

    /// <summary>The session of the request.</summary>
    protected SessionHandle Session { get; private set; } = default!;

    /// <summary>The signed-in person, as stored right now.</summary>
    protected BankUser Person { get; private set; } = default!;

    /// <summary>When the second factor was last proven in this session.</summary>
    protected DateTimeOffset? SecondFactorAt { get; private set; }

    /// <summary>When the person signed in.</summary>
    protected DateTimeOffset SignedInAt { get; private set; }

    /// <summary>What is wrong with the form that was sent.</summary>
    protected FieldErrors Errors { get; set; } = new();

    /// <summary>Whether the person works for the bank.</summary>
    protected bool IsStaff => AuthenticatorSetup.IsStaff(Person);

    /// <summary>The start of links in messages.</summary>
    protected string Site => Address.For(HttpContext.Request);

    /// <summary>Whether the page is being shown, not sent to.</summary>
    protected bool IsGet => HttpMethods.IsGet(HttpContext.Request.Method) || HttpMethods.IsHead(HttpContext.Request.Method);

    /// <summary>The title of the document; says first when something is wrong.</summary>
    protected string TitleOf(string title) => (Errors.Any ? "Error: " : "") + title;

    /// <summary>Whether the person is led elsewhere instead of being shown the page.</summary>
    protected bool IsLeaving => _leaveTo is not null;

    /// <summary>Leads on, so that a reload repeats nothing.</summary>
    protected void Go(string path) => Navigation.NavigateTo(path, forceLoad: true);

    /// <summary>
    /// While loading: leads elsewhere instead of showing the page. A form that was sent is still shown to the framework,
    /// which would not find its handler otherwise; the handler does nothing and leads on (<see cref="Leave"/>).
    /// </summary>
    protected void GoInstead(string path)
    {
        _leaveTo = path;
        if (IsGet)
        {
            Go(path);
        }
    }

    /// <summary>First thing in every handler: leads on where the page is not for the person, so that nothing is done.</summary>
    protected bool Leave()
    {
        if (_leaveTo is null)
        {
            return false;
        }

        Go(_leaveTo);
        return true;
    }

    /// <summary>Leads to the proof of the second factor, and back here, when it is missing or stale.</summary>
    protected void RequireProof(string returnUrl, bool formAsksForPassword)
    {
        if (!IsLeaving && StepUp.IsProofMissing(Person, SecondFactorAt, formAsksForPassword))
        {
            GoInstead(IdentityRoutes.VerifyThen(returnUrl));
        }
    }

    /// <summary>Whether everything the page shows is there; before that, and when leaving, it shows nothing.</summary>
    protected bool IsReady { get; private set; }

    protected sealed override async Task OnInitializedAsync()
    {
        try
        {
            var session = await RequestSession.GetAsync(HttpContext);
            Session = new SessionHandle(session.UserId, session.SessionId);
            SecondFactorAt = session.SecondFactorAt;
            SignedInAt = session.CreatedAt;
            Person = await Users.FindByIdAsync(session.UserId) ?? throw new SessionOverException(SessionEndReason.Ended);
            await LoadAsync();
            IsReady = !IsLeaving || !IsGet;
        }
        catch (SessionOverException over)
        {
            Go(IdentityRoutes.SignInAfter(over.Reason, HttpContext.Request.Path));
        }
    }

    /// <summary>Reads what the page shows; <see cref="Person"/> and <see cref="Session"/> are there.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Adds the sentence for a proof that failed.</summary>
    protected void AddProofError(ProofOutcome outcome, string field, string wrong)
    {
        if (outcome == ProofOutcome.Locked)
        {
            Errors.Add("", PasswordChange.LockedText);
        }
        else
        {
            Errors.Add(field, wrong);
        }
    }
}
