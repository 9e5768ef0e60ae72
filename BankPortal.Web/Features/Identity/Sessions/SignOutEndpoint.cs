using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>
/// Signs out. A form of any page may post here; it needs nothing but the antiforgery token. A GET of the same address
/// shows a page with a button, so that a link or an image cannot sign anybody out.
/// </summary>
internal static class SignOutEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/auth/logout", SignOutAsync)
            .WithOrder(-1) // before the page, which would take the POST too
            .WithMetadata(new RequireAntiforgeryTokenAttribute())
            .AllowAnonymous();

    private static async Task<IResult> SignOutAsync(HttpContext context, SignInManager<BankUser> signIn)
    {
        SignedOutMark.Set(context);
        await signIn.SignOutAsync();
        return Results.LocalRedirect(IdentityRoutes.SignIn + "?reason=signedout");
    }
}
