namespace BankPortal.Infrastructure.Dynamo.Engine;

/// <summary>
/// A check of the stored data by a module, made at every start when the tables are there and before anything else reads or writes.
/// </summary>
public interface IDatabaseCheck
{
    /// <summary>Makes the check.</summary>
    /// <exception cref="DatabaseUnavailableException">The portal must not go on with this data; the message says why and what to
    /// do.</exception>
    Task RunAsync(CancellationToken ct = default);
}
