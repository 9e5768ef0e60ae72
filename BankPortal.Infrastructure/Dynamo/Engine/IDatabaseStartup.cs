namespace BankPortal.Infrastructure.Dynamo.Engine;

/// <summary>Makes the database usable. The host awaits it before it listens and before any command reads or writes.</summary>
public interface IDatabaseStartup
{
    /// <summary>
    /// Starts the embedded engine where one is configured, and sees to the tables: creates what is missing on an embedded engine or
    /// other endpoint, only verifies in AWS. Repeated and parallel calls share one run; after a failure the next call tries again.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">The portal cannot start; the message says why and what to do.</exception>
    Task EnsureReadyAsync(CancellationToken ct = default);

    /// <summary>Creates missing tables and indexes in every mode: the command <c>create-tables</c>, which in AWS is the only way to do so.</summary>
    /// <returns>The number of changes made.</returns>
    /// <exception cref="DatabaseUnavailableException">It did not work; the message says why and what to do.</exception>
    Task<int> CreateTablesAsync(CancellationToken ct = default);
}
