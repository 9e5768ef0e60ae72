using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace BankPortal.Web.Components;

/// <summary>
/// The document. A page marked <c>[ExcludeFromInteractiveRouting]</c> is plain server-rendered HTML (forms that set
/// cookies need a real response); every other page is interactive on the server, rendered once beforehand as a skeleton.
/// </summary>
public sealed partial class App
{
    [CascadingParameter] private HttpContext HttpContext { get; set; } = default!;

    private IComponentRenderMode? PageRenderMode =>
        HttpContext.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;

    private bool IsSignedIn => HttpContext.User.Identity?.IsAuthenticated == true;

    // A static page of a visitor has no circuit, and nothing that the framework's script would do.
    private bool IsInteractive => IsSignedIn || PageRenderMode is not null;

    // The component library; see ComponentLibrary.
    private bool HasLibrary => PageRenderMode is not null && HttpContext.GetEndpoint()?.Metadata.GetMetadata<LightPageAttribute>() is null;

    // These have controls of their own; the library's appear in answer to what somebody does: dialogs, toasts.
    private bool IsForCustomers =>
        HttpContext.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(page => page.Policy == Policies.Customer) == true;

    private PublicPageAttribute? PublicPage => HttpContext.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>();

    private string? TimeZoneId => HttpContext.Request.Cookies[UserTimeZone.Cookie] is { } cookie ? Uri.UnescapeDataString(cookie) : null;
}
