using BankPortal.Core.Common.Events;

namespace BankPortal.Infrastructure.Scheduling;

/// <summary>Drops events: the portal has no notifications that would deliver them.</summary>
internal sealed class NoBankEvents : IBankEvents
{
    /// <inheritdoc/>
    public Task RaiseAsync(BankEvent happened, CancellationToken ct) => Task.CompletedTask;
}
