namespace BankPortal.Infrastructure.Dynamo.Engine;

/// <summary>Prepares the database. The host awaits it before it listens and before any command reads or writes. Thread-safe.</summary>
public interface IDatabaseStartup
{
    /// <summary>Why the database is gone for good and the portal ends, as a line for people; <see langword="null"/> otherwise.</summary>
    string? FatalError { get; }

    /// <summary>
    /// Starts the embedded engine where one is configured, and prepares the tables: creates missing ones on an embedded engine or other
    /// endpoint, but only verifies them in AWS. Concurrent and repeated calls share one run; after a failure the next call tries again.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">The portal cannot start; the message says why and what to do.</exception>
    Task EnsureReadyAsync(CancellationToken ct = default);

    /// <summary>Creates missing tables and indexes in every mode. For the command <c>create-tables</c>, the only way to create them in
    /// AWS.</summary>
    /// <returns>The number of changes made.</returns>
    /// <exception cref="DatabaseUnavailableException">The tables cannot be created; the message says why and what to do.</exception>
    Task<int> CreateTablesAsync(CancellationToken ct = default);
}
