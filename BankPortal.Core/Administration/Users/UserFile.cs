using BankPortal.Core.Audit;

namespace BankPortal.Core.Administration.Users;

/// <summary>What administrators see of a user.</summary>
/// <param name="User">The user.</param>
/// <param name="Accounts">Their accounts.</param>
/// <param name="Sessions">Where they are signed in.</param>
/// <param name="Events">What happened with their sign-in, the latest first.</param>
/// <param name="Actions">What staff did about them, the latest first.</param>
/// <param name="Requests">What was asked for and decided by two people, the latest first.</param>
/// <param name="Conflict">Why the reader may not act; <see langword="null"/> when they may.</param>
public sealed record UserFile(
    PortalUser User,
    ImmutableArray<Account> Accounts,
    ImmutableArray<CustomerSession> Sessions,
    ImmutableArray<SecurityRecord> Events,
    ImmutableArray<AuditRecord> Actions,
    ImmutableArray<UserRequest> Requests,
    Error? Conflict);
