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

    private string? TimeZoneId => HttpContext.Request.Cookies[UserTimeZone.Cookie] is { } cookie ? Uri.UnescapeDataString(cookie) : null;
}
