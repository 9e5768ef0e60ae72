using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>Decides for which addresses passkeys are good: only those of this portal, and never inside a page of another site.</summary>
internal static class PasskeyOrigin
{
    /// <summary>
    /// Sets the server's name and the check of the origin. Both come from the configured address, so that they are right behind a proxy and
    /// no request can choose them. In Development without one they are those of the request.
    /// </summary>
    public static void Configure(IdentityPasskeyOptions passkeys, SignInOptions signIn)
    {
        passkeys.ServerDomain = signIn.PasskeyDomain ?? signIn.PublicUrl?.Host;
        passkeys.ValidateOrigin = context => ValueTask.FromResult(IsOurs(
            context.Origin,
            context.CrossOrigin || !string.IsNullOrEmpty(context.TopOrigin),
            signIn.PublicUrl ?? new Uri($"{context.HttpContext.Request.Scheme}://{context.HttpContext.Request.Host}")));
    }

    /// <summary>Whether an answer that was given on a page of this origin is taken.</summary>
    public static bool IsOurs(string? origin, bool isInsideAnotherPage, Uri portal) =>
        !isInsideAnotherPage
        && Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && from is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
        && string.Equals(from.Scheme, portal.Scheme, StringComparison.Ordinal)
        && string.Equals(from.IdnHost, portal.IdnHost, StringComparison.OrdinalIgnoreCase)
        && from.Port == portal.Port;

    /// <summary>Whether passkeys for this domain work at this address: it is the address's host or a parent of it.</summary>
    public static bool Covers(string domain, Uri portal) =>
        string.Equals(domain, portal.IdnHost, StringComparison.OrdinalIgnoreCase)
        || (domain.Contains('.', StringComparison.Ordinal) && portal.IdnHost.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase));
}
