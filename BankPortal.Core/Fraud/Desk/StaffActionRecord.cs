using BankPortal.Core.Audit;

namespace BankPortal.Core.Fraud.Desk;

/// <summary>An act of staff with the name of whoever did it.</summary>
/// <param name="Record">The record.</param>
/// <param name="ActorName">Who; <see langword="null"/> where not known any more.</param>
public sealed record StaffActionRecord(AuditRecord Record, string? ActorName);
