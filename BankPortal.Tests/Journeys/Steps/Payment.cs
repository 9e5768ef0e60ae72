namespace BankPortal.Tests.Journeys.Steps;

/// <summary>The input of a payment to a new payee.</summary>
/// <param name="Number">The payee's account number.</param>
/// <param name="Name">The payee's name, as the payer believes it to be.</param>
/// <param name="Amount">As it is typed.</param>
/// <param name="Description">What it is for.</param>
public sealed record Payment(string Number, string Name, string Amount, string Description)
{
    /// <summary>A payment with the right number and name of the payee.</summary>
    public static Payment To(Person payee, string amount, string description) => new(payee.AccountNumber, payee.Name, amount, description);
}
