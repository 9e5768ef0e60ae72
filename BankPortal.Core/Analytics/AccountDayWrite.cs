namespace BankPortal.Core.Analytics;

/// <summary>One step of writing an account's days.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="ExpectedOpen">The open day as it must be stored now; <see langword="null"/> when there must be none.</param>
/// <param name="Closed">Days that are over, to be written or overwritten.</param>
/// <param name="Removed">Days whose rows go.</param>
/// <param name="Open">The open day afterwards; <see langword="null"/> to leave none.</param>
public sealed record AccountDayWrite(
    string AccountId,
    AccountDay? ExpectedOpen,
    ImmutableArray<AccountDay> Closed,
    ImmutableArray<DateOnly> Removed,
    AccountDay? Open);
