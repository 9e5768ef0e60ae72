using BankPortal.Core.Common.Events;

namespace BankPortal.Infrastructure.Scheduling;

/// <summary>Tells nobody; for a portal without notifications.</summary>
internal sealed class NoBankEvents : IBankEvents
{
    /// <inheritdoc/>
    public Task RaiseAsync(BankEvent happened, CancellationToken ct) => Task.CompletedTask;
}
