using BankPortal.Core.Ledger.Payees;

namespace BankPortal.Core.Ledger.Transfers;

/// <summary>What will happen if the customer goes on. Made, kept and used on the server.</summary>
/// <param name="Order">The order that would be carried out.</param>
/// <param name="From">The debited account as it is.</param>
/// <param name="ToLabel">Who is credited, as the customer will see it on the entry.</param>
/// <param name="ToNumber">The credited account's number.</param>
/// <param name="IsOwn">Whether it is an account of the same customer.</param>
/// <param name="NameMatch">How the given name fits; <see langword="null"/> for own accounts.</param>
/// <param name="IsNewPayee">Whether the customer has never paid this account before.</param>
/// <param name="AvailableAfter">What will be available afterwards.</param>
/// <param name="Limits">The debited account's limits before the transfer.</param>
/// <param name="DuplicateOf">When the same amount went to the same account a few minutes ago, if it did.</param>
public sealed record TransferReview(
    TransferOrder Order,
    Account From,
    string ToLabel,
    AccountNumber ToNumber,
    bool IsOwn,
    NameMatch? NameMatch,
    bool IsNewPayee,
    Money AvailableAfter,
    RemainingLimits Limits,
    DateTimeOffset? DuplicateOf);

/// <summary>The two sides of a transfer, as found.</summary>
/// <param name="From">The account to debit.</param>
/// <param name="To">The account to credit.</param>
/// <param name="IsOwn">Whether both are of the same customer.</param>
/// <param name="Name">The payee's name as given; <see langword="null"/> for own accounts.</param>
/// <param name="NameMatch">How the given name fits; <see langword="null"/> for own accounts.</param>
/// <param name="IsNew">Whether the customer has never paid this account before.</param>
public sealed record TransferParties(Account From, Account To, bool IsOwn, string? Name, NameMatch? NameMatch, bool IsNew);

/// <summary>What a customer typed into the transfer form.</summary>
/// <param name="IdempotencyKey">Names this form; sent twice, it has one effect.</param>
/// <param name="FromAccountId">The own account to debit.</param>
/// <param name="To">Where to.</param>
/// <param name="Amount">How much, in the debited account's currency.</param>
/// <param name="Description">A note both sides see; optional.</param>
public sealed record TransferRequest(string IdempotencyKey, string FromAccountId, TransferTarget To, Money Amount, string? Description);

/// <summary>Where a customer wants money to go.</summary>
public abstract record TransferTarget
{
    private TransferTarget()
    {
    }

    /// <summary>To another account of the same customer.</summary>
    /// <param name="AccountId">The account.</param>
    public sealed record OwnAccount(string AccountId) : TransferTarget;

    /// <summary>To another person's account by its number.</summary>
    /// <param name="Number">The number as typed.</param>
    /// <param name="Name">The name as typed, to be compared with the name the account is held under.</param>
    public sealed record Someone(string Number, string Name) : TransferTarget;

    /// <summary>
    /// To an account that the bank itself names, such as that of somebody who asks for money. It is no look-up by the customer; never make
    /// it from what a customer enters.
    /// </summary>
    /// <param name="AccountId">The account.</param>
    /// <param name="Name">The payee's name as the customer was shown it.</param>
    public sealed record Known(string AccountId, string Name) : TransferTarget;
}
