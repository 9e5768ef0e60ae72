using Microsoft.AspNetCore.Antiforgery;

namespace BankPortal.Web.Hosting.Security;

/// <summary>
/// A form without a valid antiforgery token (open since before a sign-in, or not ours) is refused here, before the page
/// would do it with a line of text for developers: the person gets the page with plain words.
/// </summary>
internal sealed class FormRefusal(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var isRefused = context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            && context.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: true };
        if (!isRefused)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
