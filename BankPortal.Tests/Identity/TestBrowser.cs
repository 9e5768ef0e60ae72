using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Net.Http.Headers;

namespace BankPortal.Tests.Identity;

/// <summary>A browser's cookies, and requests that carry them through the real cookie handlers.</summary>
internal sealed class TestBrowser(IServiceProvider services)
{
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Makes a request: authenticates, runs the page, keeps the cookies it sets.</summary>
    public async Task<T> RequestAsync<T>(Func<HttpContext, BankSignInManager, Task<T>> page, string path = "/")
    {
        await using var scope = services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Scheme = "https";
        context.Request.Host = new HostString("bank.example");
        context.Request.Path = path;
        context.Request.Headers.UserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7");
        if (Cookies.Count > 0)
        {
            context.Request.Headers.Cookie = string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        }

        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
        var current = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        context.User = current.Principal ?? context.User;
        var result = await page(context, scope.ServiceProvider.GetRequiredService<BankSignInManager>());
        foreach (var cookie in SetCookieHeaderValue.ParseList([.. context.Response.Headers.SetCookie.Select(value => value!)]))
        {
            if (cookie.Value.Length == 0)
            {
                Cookies.Remove(cookie.Name.Value!);
            }
            else
            {
                Cookies[cookie.Name.Value!] = cookie.Value.Value!;
            }
        }

        return result;
    }

    /// <summary>Another browser with the same cookies, as a thief of them has it.</summary>
    public TestBrowser Copy()
    {
        var copy = new TestBrowser(services);
        foreach (var (name, value) in Cookies)
        {
            copy.Cookies[name] = value;
        }

        return copy;
    }

    public Task<SignInResult> SignInAsync(string email, string password) =>
        RequestAsync((_, signIn) => signIn.PasswordSignInByEmailAsync(email, password));

    public Task<SignInResult> GiveCodeAsync(string code) =>
        RequestAsync((_, signIn) => signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false));

    /// <summary>The claims of who is signed in, by type; empty when nobody is.</summary>
    public Task<ILookup<string, string>> ClaimsAsync(string path = "/") =>
        RequestAsync(
            (context, _) =>
                Task.FromResult(context.User.Claims.ToLookup(claim => claim.Type, claim => claim.Value, StringComparer.Ordinal)),
            path
        );

    public async Task<string?> SessionIdAsync() => (await ClaimsAsync())[BankClaims.SessionId].SingleOrDefault();
}
