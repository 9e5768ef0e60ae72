namespace BankPortal.Core.Analytics.Goals;

/// <summary>What a customer typed to save for a goal each month.</summary>
/// <param name="Key">Names this form; sent twice, it makes one transfer.</param>
/// <param name="GoalId">The goal.</param>
/// <param name="FromAccountId">The own account to debit.</param>
/// <param name="Amount">How much each month.</param>
/// <param name="First">The first day; later ones are on the same day of the month, up to the goal's date.</param>
public sealed record GoalTransferRequest(string Key, string GoalId, string FromAccountId, Money Amount, DateOnly? First);
