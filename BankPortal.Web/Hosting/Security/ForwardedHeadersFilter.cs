namespace BankPortal.Web.Hosting.Security;

/// <summary>Puts the reading of forwarded headers before everything else, even before what the framework adds by itself.</summary>
internal sealed class ForwardedHeadersFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseForwardedHeaders();
        next(app);
    };
}
