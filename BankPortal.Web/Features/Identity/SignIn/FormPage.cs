using BankPortal.Web.Features.Identity.Messages;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>
/// The base of all pages of this module. They are static pages with plain forms, because they change cookies, and a circuit
/// cannot.
/// </summary>
public abstract class FormPage : ComponentBase
{
    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required PortalAddress Address { get; init; }

    [CascadingParameter] protected HttpContext HttpContext { get; set; } = default!;

    /// <summary>The errors in the form that was sent.</summary>
    protected FieldErrors Errors { get; set; } = new();

    /// <summary>The start of links in messages.</summary>
    protected string Site => Address.For(HttpContext.Request);

    /// <summary>Whether the page is being shown, not sent to.</summary>
    protected bool IsGet => HttpMethods.IsGet(HttpContext.Request.Method) || HttpMethods.IsHead(HttpContext.Request.Method);

    /// <summary>The title of the document. It begins with "Error" when the form has errors.</summary>
    protected string TitleOf(string title) => (Errors.Any ? "Error: " : "") + title;

    /// <summary>Redirects, so that a reload repeats nothing.</summary>
    protected void Go(string path) => Navigation.NavigateTo(path, forceLoad: true);
}
