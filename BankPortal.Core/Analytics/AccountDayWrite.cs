namespace BankPortal.Core.Analytics;

/// <summary>One transactional write of an account's day summaries.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="ExpectedOpen">The open day as it must be stored now; <see langword="null"/> when none may be stored.</param>
/// <param name="Closed">Summaries of past days to write or overwrite.</param>
/// <param name="Removed">Days whose rows are deleted.</param>
/// <param name="Open">The new open day; <see langword="null"/> to leave none.</param>
/// <param name="IsRepair">Whether closed days may be overwritten. Only a rebuild does; otherwise a closed day never changes.</param>
public sealed record AccountDayWrite(
    string AccountId,
    AccountDay? ExpectedOpen,
    ImmutableArray<AccountDay> Closed,
    ImmutableArray<DateOnly> Removed,
    AccountDay? Open,
    bool IsRepair = false);
