namespace BankPortal.Tests.Fakes;

/// <summary>A bank where nobody has a case or an alert.</summary>
public sealed class NoCases() : PassingStore(null!)
{
    public override Task<IReadOnlyList<Case>> ListByCustomerAsync(string customerId, int limit, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<Case>>([]);

    public override Task<IReadOnlyList<Alert>> ListAlertsByCustomerAsync(string customerId, int limit, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<Alert>>([]);
}
