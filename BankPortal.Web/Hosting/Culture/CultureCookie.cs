using Microsoft.AspNetCore.Localization;

namespace BankPortal.Web.Hosting.Culture;

/// <summary>
/// The culture a person chose. A cookie that names none we support is as good as no cookie: the browser's languages decide.
/// </summary>
internal sealed class CultureCookie : CookieRequestCultureProvider
{
    public override async Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
    {
        var chosen = await base.DetermineProviderCultureResult(httpContext);
        return
            chosen is { Cultures: [var culture, ..] }
            && SupportedCultures.All.Contains(culture.Value ?? "", StringComparer.OrdinalIgnoreCase)
            ? chosen
            : null;
    }
}
