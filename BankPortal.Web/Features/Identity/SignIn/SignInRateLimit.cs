using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using BankPortal.Core.Audit;
using BankPortal.Infrastructure.Identity.SignIn;
using Microsoft.AspNetCore.RateLimiting;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>
/// Limits how many forms of registration and signing in one network address may send, on top of the lock of each
/// account: it slows those who try one password on many accounts. Looking at pages is not limited.
/// </summary>
internal sealed class SignInRateLimit(IOptions<SignInOptions> options) : IRateLimiterPolicy<string>
{
    /// <summary>The policy's name, for <see cref="EnableRateLimitingAttribute"/>.</summary>
    public const string Policy = "sign-in";

    private const int Segments = 6;

    public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected { get; } = static (context, _) => RefuseAsync(context);

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) =>
        HttpMethods.IsPost(httpContext.Request.Method)
            ? PerMinute(httpContext, options.Value.FormsPerMinute)
            : RateLimitPartition.GetNoLimiter("get");

    /// <summary>As many requests a minute as said for each network address; none waits.</summary>
    internal static RateLimitPartition<string> PerMinute(HttpContext httpContext, int permits) =>
        RateLimitPartition.GetSlidingWindowLimiter(
            Key(httpContext.Connection.RemoteIpAddress),
            _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = permits,
                Window = TimeSpan.FromMinutes(1),
                SegmentsPerWindow = Segments,
                QueueLimit = 0,
            });

    /// <summary>Says when to come back, and records the refusal.</summary>
    internal static ValueTask RefuseAsync(OnRejectedContext context)
    {
        // Whoever comes back in a minute surely gets through.
        context.HttpContext.Response.Headers.RetryAfter = "60";
        context.HttpContext.RequestServices.GetRequiredService<SecurityEventReporter>().ReportRefusedRequest(SecurityEventKind.RateLimited);
        return ValueTask.CompletedTask;
    }

    /// <summary>The address; of the newer kind (IPv6) its first half, because a single line has all addresses of the second.</summary>
    internal static string Key(IPAddress? address)
    {
        if (address is null)
        {
            return "local";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
