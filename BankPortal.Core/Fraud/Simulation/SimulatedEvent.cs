namespace BankPortal.Core.Fraud.Simulation;

/// <summary>Something that somebody does in a simulation.</summary>
/// <param name="At">When.</param>
/// <param name="Step">What.</param>
/// <param name="Customer">Who: the customer's number.</param>
/// <param name="Counterparty">To whom: the customer's number; of no meaning for other steps than <see cref="SimulatedStep.Transfer"/>.</param>
/// <param name="Amount">How much, in major units.</param>
/// <param name="Typology">What it is in truth.</param>
/// <param name="Scheme">The scheme it is part of, counted from 1; 0 for <see cref="Typology.Normal"/>.</param>
public sealed record SimulatedEvent(
    DateTimeOffset At, SimulatedStep Step, int Customer, int Counterparty, decimal Amount, Typology Typology = Typology.Normal, int Scheme = 0)
{
    /// <summary>Whether it moves money by order of a customer, and so is assessed.</summary>
    public bool IsAssessed => Step is not (SimulatedStep.Salary or SimulatedStep.CredentialChange);
}

/// <summary>What happens in a step.</summary>
public enum SimulatedStep
{
    /// <summary>The customer pays cash in.</summary>
    Deposit,

    /// <summary>The customer takes cash out.</summary>
    Withdrawal,

    /// <summary>The customer pays another customer.</summary>
    Transfer,

    /// <summary>The customer moves money to the own savings account.</summary>
    Saving,

    /// <summary>An employer pays wages.</summary>
    Salary,

    /// <summary>Password, e-mail address or second factor are changed.</summary>
    CredentialChange,
}
