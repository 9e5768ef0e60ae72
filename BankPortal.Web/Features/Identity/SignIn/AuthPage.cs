using BankPortal.Web.Features.Identity.Messages;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>What the static pages of signing in share.</summary>
public abstract class AuthPage : ComponentBase
{
    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required PortalAddress Address { get; init; }

    /// <summary>Where to go after signing in.</summary>
    [SupplyParameterFromQuery(Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    [CascadingParameter]
    protected HttpContext HttpContext { get; set; } = default!;

    /// <summary>What is wrong with the form that was sent.</summary>
    protected FieldErrors Errors { get; set; } = new();

    /// <summary>Whether somebody is signed in already.</summary>
    protected bool IsSignedIn => HttpContext.User.Identity?.IsAuthenticated == true;

    /// <summary>The start of links in messages.</summary>
    protected string Site => Address.For(HttpContext.Request);

    /// <summary>The title of the document; says first when something is wrong.</summary>
    protected string TitleOf(string title) => (Errors.Any ? "Error: " : "") + title;

    /// <summary>An address of these pages that carries where to go afterwards along.</summary>
    protected string With(string path) =>
        LocalUrl.IsLocal(ReturnUrl) && ReturnUrl != "/" ? $"{path}?returnUrl={Uri.EscapeDataString(ReturnUrl)}" : path;

    /// <summary>Leads on.</summary>
    protected void Go(string path) => Navigation.NavigateTo(path, forceLoad: true);
}
