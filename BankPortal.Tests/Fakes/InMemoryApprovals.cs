using BankPortal.Core.Common.Approvals;

namespace BankPortal.Tests.Fakes;

/// <summary>Approvals in memory, with the real store's conditions.</summary>
public sealed class InMemoryApprovals : IApprovalStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Subject, string Id), Approval> _approvals = [];

    public Task<Approval?> FindAsync(string subject, string id, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_approvals.GetValueOrDefault((subject, id)));
        }
    }

    public Task<bool> TryWriteAsync(Approval approval, CancellationToken ct = default)
    {
        lock (_lock)
        {
            var key = (approval.Subject, approval.Id);
            if ((_approvals.GetValueOrDefault(key)?.Version ?? 0) != approval.Version - 1)
            {
                return Task.FromResult(false);
            }

            _approvals[key] = approval;
            return Task.FromResult(true);
        }
    }

    public Task<ImmutableArray<Approval>> HistoryAsync(string subject, int limit, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult<ImmutableArray<Approval>>(
                [.. _approvals.Values.Where(one => one.Subject == subject).OrderByDescending(one => one.RequestedAt).Take(limit)]);
        }
    }

    public Task<ImmutableArray<Approval>> FindPendingAsync(string kind, int limit, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult<ImmutableArray<Approval>>(
            [
                .. _approvals.Values
                    .Where(one => one.Kind == kind && one.State == ApprovalState.Pending).OrderBy(one => one.RequestedAt).Take(limit),
            ]);
        }
    }
}
