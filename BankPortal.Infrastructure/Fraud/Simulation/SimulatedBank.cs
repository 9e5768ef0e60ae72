using BankPortal.Core.Fraud.Lists;
using BankPortal.Core.Fraud.Simulation;

namespace BankPortal.Infrastructure.Fraud.Simulation;

/// <summary>
/// Connects a simulation to the real stores. Simulated customers have no password, so nobody can sign in as one. Use it only in test and
/// demonstration banks.
/// </summary>
/// <param name="registry">Registers the customers.</param>
/// <param name="scopes">Provides the user store.</param>
/// <param name="lists">Stores the risk lists.</param>
/// <param name="until">Waits until a time, or sets the clock to it; returns the time after that.</param>
public sealed class SimulatedBank(
    ICustomerRegistry registry,
    IServiceScopeFactory scopes,
    IRiskListStore lists,
    Func<DateTimeOffset, CancellationToken, Task<DateTimeOffset>> until) : ISimulatedBank
{
    private DateTimeOffset _now;

    /// <inheritdoc/>
    public async Task<Actor> RegisterAsync(string run, int number, string name, CancellationToken ct = default)
    {
        var id = await registry.EnsureCustomerAsync(
            "simulation-" + run, number.ToString(System.Globalization.CultureInfo.InvariantCulture), name, null, ct);
        return id.IsSuccess ? Actor.Customer(id.Value) : throw new InvalidOperationException(id.Error.Message);
    }

    /// <inheritdoc/>
    public Task TrustAsync(Account account, CancellationToken ct = default) =>
        lists.TryPutAsync(
            new ListEntry(
                account.Id, ListedKind.Account, RiskLists.Trusted, _now.AddYears(1), "A shop of the simulation.", Actor.SystemUserId, _now),
            seen: null,
            ct);

    /// <inheritdoc/>
    public async Task ChangeCredentialsAsync(Actor customer, CancellationToken ct = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<DynamoUserStore>();
        if (await store.FindByIdAsync(customer.UserId, ct) is { } user)
        {
            user.SecurityStamp = DerivedId.Random();
            user.SecurityChangedAt = _now;
            await store.UpdateAsync(user, ct);
        }
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset> WaitUntilAsync(DateTimeOffset at, CancellationToken ct = default) => _now = await until(at, ct);
}
