using Microsoft.AspNetCore.Localization;

namespace BankPortal.Web.Hosting.Culture;

/// <summary>
/// Chooses the supported culture nearest to the browser's languages in their order of preference: a visitor from
/// <c>de-LU</c> gets German formats, which the framework's own provider would not find.
/// </summary>
internal sealed class AcceptLanguageCulture : RequestCultureProvider
{
    // The header comes from anybody; no browser sends more.
    private const int MaxLanguages = 10;

    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
    {
        var wanted = httpContext.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1)
            .Take(MaxLanguages)
            .Select(language => SupportedCultures.Nearest(language.Value.Value))
            .FirstOrDefault(culture => culture is not null);

        return Task.FromResult(wanted is null ? null : new ProviderCultureResult(wanted, "en-US"));
    }
}
