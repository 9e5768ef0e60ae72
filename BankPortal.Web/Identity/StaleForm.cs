using Microsoft.AspNetCore.Antiforgery;

namespace BankPortal.Web.Identity;

/// <summary>
/// Refuses a form without a valid antiforgery token before any page sees it. Pages would refuse it too, but with an empty
/// answer that nothing can explain any more; this way the usual page for a refused form is shown. After the antiforgery middleware.
/// </summary>
internal sealed class StaleForm(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method)
            && context.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: true }
            && context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false })
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
