using BankPortal.Infrastructure.Identity.SignIn;
using BankPortal.Web.Features.Identity.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>
/// Gives a page the options for the browser's passkey dialog, with a fresh challenge. The answer comes back with the page's own form.
/// Needs the form's antiforgery token.
/// </summary>
internal static class PasskeyEndpoints
{
    /// <summary>The value of <c>purpose</c> for adding a passkey.</summary>
    public const string Add = "add";

    /// <summary>The value of <c>purpose</c> for proving again who one is.</summary>
    public const string Verify = "verify";

    // The id of what is confirmed is no longer.
    private const int LongestAbout = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(IdentityRoutes.PasskeySignInOptions, ForSignInAsync)
            .AllowAnonymous()
            .RequireRateLimiting(SignInRateLimit.Policy)
            .WithMetadata(new SkipStatusCodePagesAttribute());
        routes.MapPost(IdentityRoutes.PasskeyOptions, ForSignedInAsync)
            .RequireAuthorization()
            .RequireRateLimiting(SignInRateLimit.Policy)
            .WithMetadata(new SkipStatusCodePagesAttribute());
    }

    // After the password the person is known, and the browser offers that person's passkeys only.
    private static async Task<Results<ContentHttpResult, StatusCodeHttpResult>> ForSignInAsync(
        BankSignInManager signIn, [FromForm] bool afterPassword = false)
    {
        var user = afterPassword ? await signIn.GetTwoFactorAuthenticationUserAsync() : null;
        return afterPassword && user is null
            ? TypedResults.StatusCode(StatusCodes.Status401Unauthorized)
            : Json(await signIn.MakePasskeyRequestOptionsAsync(user));
    }

    private static async Task<Results<ContentHttpResult, StatusCodeHttpResult, BadRequest>> ForSignedInAsync(
        HttpContext context,
        RequestSession sessions,
        BankUserManager users,
        BankSignInManager signIn,
        PasskeySetup setup,
        [FromForm] string? purpose,
        [FromForm] string? about = null)
    {
        try
        {
            var session = await sessions.GetAsync(context);
            if (await users.FindByIdAsync(session.UserId) is not { } user)
            {
                return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
            }

            return purpose switch
            {
                Add when setup.IsProofMissing(user, session) => TypedResults.StatusCode(StatusCodes.Status403Forbidden),
                Add => Json(await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
                {
                    Id = user.Id,
                    Name = user.Email ?? user.UserName,
                    DisplayName = user.FullName,
                })),
                Verify when about is not { Length: > LongestAbout } =>
                    Json(await signIn.MakePasskeyRequestOptionsAsync(user, string.IsNullOrEmpty(about) ? null : about)),
                _ => TypedResults.BadRequest(),
            };
        }
        catch (SessionOverException)
        {
            return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
        }
    }

    private static ContentHttpResult Json(string options) => TypedResults.Text(options, "application/json");
}
