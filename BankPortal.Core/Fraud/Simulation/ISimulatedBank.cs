namespace BankPortal.Core.Fraud.Simulation;

/// <summary>What a simulation needs of a bank besides its services.</summary>
public interface ISimulatedBank
{
    /// <summary>Makes a customer known.</summary>
    /// <param name="run">The run of the simulation; each has customers of its own.</param>
    /// <param name="number">The customer's number in the plan.</param>
    /// <param name="name">The name the accounts are held under.</param>
    /// <param name="ct">Cancels the wait.</param>
    Task<Actor> RegisterAsync(string run, int number, string name, CancellationToken ct = default);

    /// <summary>Puts an account on the trusted list.</summary>
    Task TrustAsync(Account account, CancellationToken ct = default);

    /// <summary>Lets it be known that the customer's credentials changed now.</summary>
    Task ChangeCredentialsAsync(Actor customer, CancellationToken ct = default);

    /// <summary>Waits until it is that time, or makes it that time.</summary>
    /// <returns>The time it then is.</returns>
    Task<DateTimeOffset> UntilAsync(DateTimeOffset at, CancellationToken ct = default);
}
