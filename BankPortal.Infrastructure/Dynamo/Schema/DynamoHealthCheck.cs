using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BankPortal.Infrastructure.Dynamo.Schema;

/// <summary>Reports <see cref="DynamoReadiness"/> to the framework's health checks.</summary>
internal sealed class DynamoHealthCheck(DynamoReadiness readiness) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await readiness.CheckAsync(cancellationToken) == DynamoReadinessState.Ready
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, readiness.Reason);
}
