namespace BankPortal.Core.Common.Events;

/// <summary>Takes note of what happened. Thread-safe.</summary>
public interface IBankEvents
{
    /// <summary>Stores the event; it is durable when this returns. An event whose id is known already changes nothing.</summary>
    Task RaiseAsync(BankEvent happened, CancellationToken ct);
}
