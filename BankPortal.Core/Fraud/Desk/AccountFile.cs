using BankPortal.Core.Audit;
using BankPortal.Core.Fraud.Lists;

namespace BankPortal.Core.Fraud.Desk;

/// <summary>All the fraud desk sees of an account.</summary>
/// <param name="Account">The account as it is.</param>
/// <param name="OwnerName">Its owner's name, if known.</param>
/// <param name="Held">What waits for a decision and would leave or reach the account, oldest first.</param>
/// <param name="Recent">The latest transfers that were carried out, newest first.</param>
/// <param name="Names">The names of the people on the other sides.</param>
/// <param name="Lists">The lists that the account or its owner is on, ended entries left out.</param>
/// <param name="Acts">What staff did to it, newest first.</param>
/// <param name="At">When it was read.</param>
public sealed record AccountFile(
    Account Account,
    string? OwnerName,
    ImmutableArray<Transfer> Held,
    ImmutableArray<Transfer> Recent,
    IReadOnlyDictionary<string, string> Names,
    ImmutableArray<ListEntry> Lists,
    ImmutableArray<StaffActionRecord> Acts,
    DateTimeOffset At);

/// <summary>An act of staff with the name of whoever did it.</summary>
/// <param name="Record">The record.</param>
/// <param name="ActorName">Who; <see langword="null"/> where not known any more.</param>
public sealed record StaffActionRecord(AuditRecord Record, string? ActorName);
