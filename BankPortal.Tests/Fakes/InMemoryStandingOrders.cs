using BankPortal.Core.Scheduling.StandingOrders;

namespace BankPortal.Tests.Fakes;

/// <summary>Standing orders in memory.</summary>
public sealed class InMemoryStandingOrders : IStandingOrderStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StandingOrder> _orders = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Order, DateOnly Date), StandingOrderRun> _runs = [];

    /// <summary>Called before each write; throws to fail it.</summary>
    public Action<StandingOrder>? BeforeWrite { get; set; }

    public Task<StandingOrder?> FindAsync(string ownerId, string orderId, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_orders.GetValueOrDefault(orderId) is { } order && order.OwnerId == ownerId ? order : null);
        }
    }

    public Task<ImmutableArray<StandingOrder>> ListAsync(string ownerId, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult<ImmutableArray<StandingOrder>>(
                [.. _orders.Values.Where(order => order.OwnerId == ownerId).OrderByDescending(order => order.CreatedAt)]);
        }
    }

    public Task<bool> TryAddAsync(StandingOrder order, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_orders.TryAdd(order.Id, order));
        }
    }

    public Task<bool> TryWriteAsync(StandingOrder order, StandingOrderRun? run, CancellationToken ct = default)
    {
        BeforeWrite?.Invoke(order);
        lock (_lock)
        {
            if (_orders[order.Id].Version != order.Version - 1 || (run is not null && !_runs.TryAdd((run.OrderId, run.Date), run)))
            {
                return Task.FromResult(false);
            }

            _orders[order.Id] = order;
            return Task.FromResult(true);
        }
    }

    public Task<ImmutableArray<StandingOrderRun>> ReadRunsAsync(
        string ownerId, string orderId, int limit, DateOnly? before = null, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult<ImmutableArray<StandingOrderRun>>(
            [
                .. _runs.Values
                    .Where(run => run.OwnerId == ownerId && run.OrderId == orderId && (before is null || run.Date < before))
                    .OrderByDescending(run => run.Date)
                    .Take(limit),
            ]);
        }
    }

    public Task<ImmutableArray<DueOrder>> FindDueAsync(
        int shard, DateTimeOffset now, int limit, DueOrder? after = null, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult<ImmutableArray<DueOrder>>(shard > 0 ? [] :
            [
                .. _orders.Values
                    .Where(order => order.NextRunAt <= now)
                    .Select(order => new DueOrder(order.OwnerId, order.Id, order.NextRunAt!.Value))
                    .OrderBy(due => due.RunAt)
                    .ThenBy(due => due.OrderId, StringComparer.Ordinal)
                    .SkipWhile(due => after is not null && due.RunAt <= after.RunAt)
                    .Take(limit),
            ]);
        }
    }
}
