namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>Loads the live rules before the portal serves requests, so that no transfer is decided by another version.</summary>
internal sealed class RulesInForceStart(RulesInForceRefresh refresh) : IStartupTask
{
    /// <inheritdoc/>
    public Task RunAsync(CancellationToken ct = default) => refresh.StartAsync(ct);
}
