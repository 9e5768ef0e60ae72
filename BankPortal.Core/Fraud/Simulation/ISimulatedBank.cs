using BankPortal.Core.Accounts;
using BankPortal.Core.Identity;

namespace BankPortal.Core.Fraud.Simulation;

/// <summary>What a simulation needs of a bank besides its services.</summary>
public interface ISimulatedBank
{
    /// <summary>Makes a customer known.</summary>
    /// <returns>The customer, with a second factor proven lately.</returns>
    Task<Actor> RegisterAsync(int number, string name, CancellationToken ct = default);

    /// <summary>Puts an account on the trusted list.</summary>
    Task TrustAsync(Account account, CancellationToken ct = default);

    /// <summary>Lets it be known that the customer's credentials changed now.</summary>
    Task ChangeCredentialsAsync(Actor customer, CancellationToken ct = default);

    /// <summary>Waits until it is that time, or makes it that time.</summary>
    /// <returns>The time it then is.</returns>
    Task<DateTimeOffset> UntilAsync(DateTimeOffset at, CancellationToken ct = default);
}
