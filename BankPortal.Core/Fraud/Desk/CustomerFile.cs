using BankPortal.Core.Fraud.Cases;
using BankPortal.Core.Fraud.Lists;

namespace BankPortal.Core.Fraud.Desk;

/// <summary>All the fraud desk sees of a customer.</summary>
/// <param name="Access">The customer, and how they stand with signing in.</param>
/// <param name="Accounts">Their accounts, the oldest first.</param>
/// <param name="Sessions">Where they are signed in now, the most recently used first.</param>
/// <param name="Lists">The lists the customer is on, ended entries left out.</param>
/// <param name="Cases">Their cases, the newest first.</param>
/// <param name="Alerts">What was flagged of theirs, the newest first.</param>
/// <param name="Acts">What staff did to the customer, newest first.</param>
public sealed record CustomerFile(
    CustomerAccess Access,
    ImmutableArray<Account> Accounts,
    ImmutableArray<CustomerSession> Sessions,
    ImmutableArray<ListEntry> Lists,
    ImmutableArray<Case> Cases,
    ImmutableArray<Alert> Alerts,
    ImmutableArray<StaffActionRecord> Acts);
