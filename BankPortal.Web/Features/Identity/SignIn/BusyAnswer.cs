using BankPortal.Infrastructure.Identity.SignIn;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>
/// Answers 503 with the time to come back when too many passwords are waiting to be hashed. The page comes from the status code, as
/// for every other refusal.
/// </summary>
internal sealed class BusyAnswer(RequestDelegate next)
{
    /// <summary>The seconds after which a browser or a person may come back; by then about half of a full queue is done.</summary>
    public const string RetryAfter = "10";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (PasswordHashingBusyException) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = RetryAfter;
        }
    }
}
