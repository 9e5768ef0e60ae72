using BankPortal.Core.Common.Events;

namespace BankPortal.Bench;

/// <summary>Events that nobody is told of.</summary>
internal sealed class NoEvents : IBankEvents
{
    public Task RaiseAsync(BankEvent happened, CancellationToken ct) => Task.CompletedTask;
}
