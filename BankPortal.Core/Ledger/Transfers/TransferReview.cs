using BankPortal.Core.Accounts;
using BankPortal.Core.Common;
using BankPortal.Core.Ledger.Payees;

namespace BankPortal.Core.Ledger.Transfers;

/// <summary>What will happen if the customer goes on. Made, kept and used on the server.</summary>
/// <param name="Order">The order that would be carried out.</param>
/// <param name="From">The debited account as it is.</param>
/// <param name="ToLabel">Who is credited, in the words the customer will see on the entry.</param>
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
