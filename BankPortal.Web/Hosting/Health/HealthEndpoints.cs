using System.Net.Mime;
using BankPortal.Infrastructure.Dynamo;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BankPortal.Web.Hosting.Health;

/// <summary>
/// The two questions a load balancer asks. Anybody may ask them, so the answers say nothing but yes or no; the reasons are in
/// the log and on the administrator's pages.
/// </summary>
public static class HealthEndpoints
{
    /// <summary>Is the process alive? Never looks at the database: restarting the portal would not repair it.</summary>
    public const string Live = "/health/live";

    /// <summary>
    /// May this node be given work? Yes when all checks tagged <see cref="DynamoServiceCollectionExtensions.ReadyTag"/> pass.
    /// </summary>
    public const string Ready = "/health/ready";

    /// <summary>Maps both endpoints.</summary>
    internal static void Map(IEndpointRouteBuilder endpoints)
    {
        Map(Live, _ => false);
        Map(Ready, check => check.Tags.Contains(DynamoServiceCollectionExtensions.ReadyTag));

        void Map(string path, Func<HealthCheckRegistration, bool> predicate) =>
            endpoints
                .MapHealthChecks(
                    path,
                    new HealthCheckOptions
                    {
                        Predicate = predicate,
                        AllowCachingResponses = false,
                        ResponseWriter = WriteAsync,
                    }
                )
                .AllowAnonymous()

                // Health checks take every method by themselves.
                .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]))
                .DisableHttpMetrics();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = MediaTypeNames.Application.Json;
        return context.Response.WriteAsync(
            report.Status switch
            {
                HealthStatus.Unhealthy => """{"status":"unavailable"}""",
                HealthStatus.Degraded => """{"status":"degraded"}""",
                _ => """{"status":"ok"}""",
            },
            context.RequestAborted);
    }
}
