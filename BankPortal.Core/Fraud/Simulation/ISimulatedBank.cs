namespace BankPortal.Core.Fraud.Simulation;

/// <summary>What a simulation needs from a bank besides its services.</summary>
public interface ISimulatedBank
{
    /// <summary>Registers a customer.</summary>
    /// <param name="run">The name of the simulation run; each run has its own customers.</param>
    /// <param name="number">The customer's number in the plan.</param>
    /// <param name="name">The name of the account holder.</param>
    /// <param name="ct">Cancels the call.</param>
    Task<Actor> RegisterAsync(string run, int number, string name, CancellationToken ct = default);

    /// <summary>Puts an account on the trusted list.</summary>
    Task TrustAsync(Account account, CancellationToken ct = default);

    /// <summary>Records that the customer's credentials changed now.</summary>
    Task ChangeCredentialsAsync(Actor customer, CancellationToken ct = default);

    /// <summary>Waits until the given time, or sets the clock to it.</summary>
    /// <returns>The time after that.</returns>
    Task<DateTimeOffset> WaitUntilAsync(DateTimeOffset at, CancellationToken ct = default);
}
