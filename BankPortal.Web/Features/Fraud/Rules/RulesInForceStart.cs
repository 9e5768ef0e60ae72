namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>Puts the bank's rules in force before the portal serves anybody, so that nothing is decided by rules of another version.</summary>
internal sealed class RulesInForceStart(RulesInForceRefresh refresh) : IStartupTask
{
    /// <inheritdoc/>
    public Task RunAsync(CancellationToken ct = default) => refresh.StartAsync(ct);
}
