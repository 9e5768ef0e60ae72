namespace BankPortal.Core.Ledger.Holds;

/// <summary>Which of the transfers that wait for a decision are wanted, oldest first.</summary>
/// <param name="Limit">How many at the most.</param>
/// <param name="Before">Only those asked for before this.</param>
/// <param name="After">Only those behind this one in the order; the last one of the stretch before.</param>
public sealed record HeldQuery(int Limit, DateTimeOffset? Before = null, Transfer? After = null);
