using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>Limits how often one network address may ask for advice about a password. A form asks once for each pause in typing.</summary>
internal sealed class PasswordAdviceRateLimit(IOptions<SignInOptions> options) : IRateLimiterPolicy<string>
{
    /// <summary>The policy's name.</summary>
    public const string Policy = "password-advice";

    public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected { get; } =
        static (context, _) => SignInRateLimit.RefuseAsync(context);

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) =>
        SignInRateLimit.PerMinute(httpContext, options.Value.AdvicePerMinute);
}
