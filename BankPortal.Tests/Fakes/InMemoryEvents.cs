using BankPortal.Core.Common.Events;

namespace BankPortal.Tests.Fakes;

/// <summary>Events in memory; the same id is kept once.</summary>
public sealed class InMemoryEvents : IBankEvents
{
    private readonly ConcurrentDictionary<string, BankEvent> _events = new(StringComparer.Ordinal);

    public IEnumerable<BankEvent> All => _events.Values.OrderBy(happened => happened.At);

    public Task RaiseAsync(BankEvent happened, CancellationToken ct)
    {
        _events.TryAdd(happened.Id, happened);
        return Task.CompletedTask;
    }
}
