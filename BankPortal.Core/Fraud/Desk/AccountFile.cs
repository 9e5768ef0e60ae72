using BankPortal.Core.Audit;
using BankPortal.Core.Fraud.Lists;

namespace BankPortal.Core.Fraud.Desk;

/// <summary>Everything the fraud team sees about an account.</summary>
/// <param name="Account">The account.</param>
/// <param name="OwnerName">The owner's name, if known.</param>
/// <param name="Held">The held transfers from or to the account, oldest first.</param>
/// <param name="Recent">The latest posted transfers, newest first.</param>
/// <param name="Names">The names of the customers on the other sides, by user id.</param>
/// <param name="Lists">The risk list entries in force for the account or its owner.</param>
/// <param name="Actions">The staff actions on the account, newest first.</param>
/// <param name="At">When the file was read.</param>
public sealed record AccountFile(
    Account Account,
    string? OwnerName,
    ImmutableArray<Transfer> Held,
    ImmutableArray<Transfer> Recent,
    IReadOnlyDictionary<string, string> Names,
    ImmutableArray<ListEntry> Lists,
    ImmutableArray<StaffActionRecord> Actions,
    DateTimeOffset At)
{
    /// <summary>Why the reader may not act on the account; <see langword="null"/> when they may.</summary>
    public ConflictOfInterestError? Conflict { get; init; }
}

/// <summary>A staff action with the name of the person who did it.</summary>
/// <param name="Record">The audit record.</param>
/// <param name="ActorName">The name; <see langword="null"/> when it is unknown.</param>
public sealed record StaffActionRecord(AuditRecord Record, string? ActorName);
