using BankPortal.Core.Common.Approvals;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Dynamo.Approvals;

/// <summary>Registers approvals.</summary>
public static class ApprovalsServiceCollectionExtensions
{
    /// <summary>Adds approvals by a second person. Each module that uses them calls it. Needs the module Identity.</summary>
    public static IServiceCollection AddApprovals(this IServiceCollection services)
    {
        services.TryAddSingleton<IApprovalStore, DynamoApprovalStore>();
        services.TryAddSingleton<IApproverCheck, ApproverConflicts>();
        services.TryAddSingleton<ApprovalService>();
        return services;
    }
}
