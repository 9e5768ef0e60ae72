namespace BankPortal.Core.Fraud.Simulation;

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
