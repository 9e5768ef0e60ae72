namespace BankPortal.Core.Ledger.Transfers;

/// <summary>Where a customer wants money to go.</summary>
public abstract record TransferTarget
{
    private TransferTarget()
    {
    }

    /// <summary>To another account of the same customer.</summary>
    /// <param name="AccountId">The account.</param>
    public sealed record OwnAccount(string AccountId) : TransferTarget;

    /// <summary>To somebody's account by its number.</summary>
    /// <param name="Number">The number as typed.</param>
    /// <param name="Name">The name as typed, to be compared with the name the account is held under.</param>
    public sealed record Someone(string Number, string Name) : TransferTarget;
}
