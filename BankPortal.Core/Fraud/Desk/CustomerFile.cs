using BankPortal.Core.Fraud.Cases;
using BankPortal.Core.Fraud.Lists;

namespace BankPortal.Core.Fraud.Desk;

/// <summary>Everything the fraud team sees about a customer.</summary>
/// <param name="Access">The customer and their sign-in status.</param>
/// <param name="Accounts">Their accounts, oldest first.</param>
/// <param name="Sessions">Their current sessions, most recently used first.</param>
/// <param name="Lists">The risk list entries in force for the customer.</param>
/// <param name="Cases">Their cases, newest first.</param>
/// <param name="Alerts">Their alerts, newest first.</param>
/// <param name="Actions">The staff actions on the customer, newest first.</param>
public sealed record CustomerFile(
    CustomerAccess Access,
    ImmutableArray<Account> Accounts,
    ImmutableArray<CustomerSession> Sessions,
    ImmutableArray<ListEntry> Lists,
    ImmutableArray<Case> Cases,
    ImmutableArray<Alert> Alerts,
    ImmutableArray<StaffActionRecord> Actions)
{
    /// <summary>Why the reader may not act on the customer; <see langword="null"/> when they may.</summary>
    public ConflictOfInterestError? Conflict { get; init; }
}
