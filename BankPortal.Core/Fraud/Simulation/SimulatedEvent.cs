namespace BankPortal.Core.Fraud.Simulation;

/// <summary>One action of a customer in a simulation.</summary>
/// <param name="At">When it happens.</param>
/// <param name="Step">The kind of action.</param>
/// <param name="Customer">The number of the customer.</param>
/// <param name="Counterparty">The number of the receiving customer; used for <see cref="SimulatedStep.Transfer"/> only.</param>
/// <param name="Amount">The amount in major units.</param>
/// <param name="Typology">The true label of the action.</param>
/// <param name="Scheme">The number of the scheme it is part of, from 1; 0 for <see cref="Typology.Normal"/>.</param>
public sealed record SimulatedEvent(
    DateTimeOffset At,
    SimulatedStep Step,
    int Customer,
    int Counterparty,
    decimal Amount,
    Typology Typology = Typology.Normal,
    int Scheme = 0)
{
    /// <summary>Whether it is a transfer ordered by a customer, which screening assesses.</summary>
    public bool IsAssessed => Step is not (SimulatedStep.Salary or SimulatedStep.CredentialChange);
}

/// <summary>The kinds of actions in a simulation.</summary>
public enum SimulatedStep
{
    /// <summary>The customer deposits cash.</summary>
    Deposit,

    /// <summary>The customer withdraws cash.</summary>
    Withdrawal,

    /// <summary>The customer pays another customer.</summary>
    Transfer,

    /// <summary>The customer moves money to their own savings account.</summary>
    Saving,

    /// <summary>An employer pays wages.</summary>
    Salary,

    /// <summary>The customer's password, e-mail address or second factor is changed.</summary>
    CredentialChange,
}
