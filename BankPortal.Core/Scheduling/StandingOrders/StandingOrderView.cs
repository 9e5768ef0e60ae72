using BankPortal.Core.Ledger.Payees;

namespace BankPortal.Core.Scheduling.StandingOrders;

/// <summary>What a customer typed into the form of a standing order.</summary>
/// <param name="Key">Names this form; sent twice, it makes one order.</param>
/// <param name="FromAccountId">The own account to debit.</param>
/// <param name="To">Where to.</param>
/// <param name="Amount">How much each time.</param>
/// <param name="Description">What it is for; optional.</param>
/// <param name="Schedule">On which dates.</param>
public sealed record StandingOrderRequest(
    string Key, string FromAccountId, TransferTarget To, Money Amount, string? Description, PaymentSchedule Schedule);

/// <summary>What will be made if the customer goes on. Made, kept and used on the server.</summary>
/// <param name="Order">The order that would be made.</param>
/// <param name="From">The account to debit, as it is.</param>
/// <param name="ToLabel">Who is paid.</param>
/// <param name="NameMatch">How the given name fits; <see langword="null"/> for own accounts.</param>
/// <param name="IsNewPayee">Whether the customer has never paid this account before.</param>
/// <param name="Next">The first dates.</param>
public sealed record StandingOrderReview(
    StandingOrder Order, Account From, string ToLabel, NameMatch? NameMatch, bool IsNewPayee, ImmutableArray<Occurrence> Next);

/// <summary>What can be changed of a standing order.</summary>
/// <param name="FromAccountId">The own account to debit.</param>
/// <param name="Amount">How much each time.</param>
/// <param name="Description">What it is for; optional.</param>
/// <param name="Schedule">On which dates; the same as before to leave them as they are.</param>
public sealed record StandingOrderChange(string FromAccountId, Money Amount, string? Description, PaymentSchedule Schedule);

/// <summary>A standing order as its owner sees it.</summary>
/// <param name="Order">The order.</param>
/// <param name="From">The account to debit; <see langword="null"/> when it is no longer the customer's.</param>
/// <param name="ToLabel">Who is paid.</param>
/// <param name="Next">The next dates.</param>
/// <param name="Runs">What became of past payments, the latest first; empty in lists.</param>
public sealed record StandingOrderView(
    StandingOrder Order, Account? From, string ToLabel, ImmutableArray<Occurrence> Next, ImmutableArray<StandingOrderRun> Runs);
