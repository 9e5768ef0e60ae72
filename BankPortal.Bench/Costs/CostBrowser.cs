using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Net.Http.Headers;

namespace BankPortal.Bench.Costs;

/// <summary>A browser's cookies, and requests that carry them through the portal's cookie handlers.</summary>
internal sealed class CostBrowser(IServiceProvider services)
{
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    /// <summary>Makes a request: finds out who is signed in, runs the page, keeps the cookies it sets.</summary>
    public async Task<T> RequestAsync<TService, T>(Func<TService, Task<T>> page)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Scheme = "https";
        context.Request.Host = new HostString("bank.example");
        context.Request.Path = "/";
        context.Request.Headers.UserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7");
        if (_cookies.Count > 0)
        {
            context.Request.Headers.Cookie = string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        }

        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
        context.User = (await context.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal ?? context.User;
        var result = await page(scope.ServiceProvider.GetRequiredService<TService>());
        foreach (var cookie in SetCookieHeaderValue.ParseList([.. context.Response.Headers.SetCookie.Select(value => value!)]))
        {
            if (cookie.Value.Length == 0)
            {
                _cookies.Remove(cookie.Name.Value!);
            }
            else
            {
                _cookies[cookie.Name.Value!] = cookie.Value.Value!;
            }
        }

        return result;
    }

    /// <summary>A request that needs nothing but to know who is signed in.</summary>
    public Task<string?> WhoAsync() => RequestAsync<IHttpContextAccessor, string?>(
        context => Task.FromResult(context.HttpContext!.User.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)?.Value));
}
