using System.Threading.RateLimiting;
using BankPortal.Core.Audit;
using BankPortal.Infrastructure.Identity.SignIn;
using Microsoft.AspNetCore.RateLimiting;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>Limits how often one network address may ask for advice about a password. A form asks once for each pause in typing.</summary>
internal sealed class PasswordAdviceRateLimit(IOptions<SignInOptions> options) : IRateLimiterPolicy<string>
{
    /// <summary>The policy's name.</summary>
    public const string Policy = "password-advice";

    private const int Segments = 6;

    public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected { get; } = static (context, _) =>
    {
        context.HttpContext.Response.Headers.RetryAfter = "60";
        context.HttpContext.RequestServices.GetRequiredService<SecurityEventReporter>().ReportRefusedRequest(SecurityEventKind.RateLimited);
        return ValueTask.CompletedTask;
    };

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) => RateLimitPartition.GetSlidingWindowLimiter(
        SignInRateLimit.Key(httpContext.Connection.RemoteIpAddress),
        _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = options.Value.AdvicePerMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = Segments,
            QueueLimit = 0,
        });
}
