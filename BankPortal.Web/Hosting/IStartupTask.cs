namespace BankPortal.Web.Hosting;

/// <summary>Work to be done when the database is ready and before the first request is answered. Not run for commands.</summary>
public interface IStartupTask
{
    /// <summary>Does it. An exception keeps the portal from starting.</summary>
    Task RunAsync(CancellationToken ct = default);
}
