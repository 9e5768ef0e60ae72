using BankPortal.Core.Audit;
using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Ledger.Reconciliation;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Analytics.Days;

/// <summary>
/// Compares closed days with the ledger: the rows of the bank, and those of each account with entries on the day. What differs is listed
/// with the differences of the reconciliation, which staff see, and recorded in the audit trail. Thread-safe.
/// </summary>
public sealed partial class DayVerification(
    BankDayService bankDays,
    AccountDayService accountDays,
    IReconciliationStore differences,
    IAuditTrail audit,
    TimeProvider time,
    ILogger<DayVerification> logger)
{
    /// <summary>The name of a difference in the audit trail.</summary>
    public const string AuditAction = "closed-day.differs";

    // The most open differences that are looked through for those that no longer exist.
    private const int MaxOpen = 1_000;

    // How many accounts are compared at the same time.
    private const int MaxParallelAccounts = 4;

    /// <summary>Verifies one closed day. Linear in its entries; memory does not depend on their number. May be repeated.</summary>
    /// <param name="day">The day; it must be closed.</param>
    /// <param name="share">Rests between the accounts.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <returns>What differs now.</returns>
    public async Task<ImmutableArray<Difference>> VerifyAsync(DateOnly day, WorkShare share, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(share);
        var known = (await differences.ListOpenAsync(MaxOpen, ct)).Select(open => open.Id).ToHashSet(StringComparer.Ordinal);
        var wrong = ImmutableArray.CreateBuilder<Difference>();
        var checks = await bankDays.CompareDayAsync(
            day,
            async (accounts, token) =>
            {
                foreach (var some in accounts.Chunk(MaxParallelAccounts))
                {
                    var compared = await Task.WhenAll(some.Select(account => accountDays.VerifyDayAsync(account.Id, day, token)));
                    foreach (var (account, check) in some.Zip(compared))
                    {
                        await NoteAsync(DifferenceOf(account.Id, day, check), check.IsRight, AuditSubject.Account(account.Id));
                    }

                    await share.RestAsync(token);
                }

                await share.RestAsync(token);
            },
            ct);
        foreach (var check in checks)
        {
            await NoteAsync(DifferenceOf(check), check.IsRight, AuditSubject.Day(check.From));
        }

        return wrong.ToImmutable();

        async Task NoteAsync(Difference difference, bool isRight, AuditSubject subject)
        {
            if (isRight)
            {
                if (known.Remove(difference.Id))
                {
                    await differences.CloseAsync(difference.Id, time.GetUtcNow(), ct);
                    LogClosed(logger, difference.Id, difference.AccountId);
                }

                return;
            }

            wrong.Add(difference);
            if (await differences.RecordAsync(difference, ct))
            {
                LogDifference(logger, difference.Kind, difference.AccountId, day, difference.Id);
                await audit.RecordAsync(
                    Actor.System,
                    AuditAction,
                    subject,
                    null,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{difference.Day:yyyy-MM-dd}, {difference.AccountId}: should be {difference.Expected}, is {difference.Found}"),
                    ct);
            }
        }
    }

    private Difference DifferenceOf(BankDayCheck check) => Difference.OfDay(
        DifferenceKind.BankDayDiffers,
        check.Kind == BankPeriodKind.Day ? check.Currency.Code : $"{check.Currency.Code} {(check.Kind == BankPeriodKind.Month ? "month" : "year")}",
        check.From,
        Text(check.Right),
        Text(check.Kept),
        time.GetUtcNow());

    private Difference DifferenceOf(string accountId, DateOnly day, AccountDayCheck check) => Difference.OfDay(
        DifferenceKind.AccountDayDiffers,
        accountId,
        day,
        check.Altered is { } altered
            ? string.Create(CultureInfo.InvariantCulture, $"entry {altered.Sequence} as its hash and the entry before it say")
            : Text(check.Right),
        check.Altered is null ? Text(check.Stored) : "an entry that was changed",
        time.GetUtcNow());

    // Figures that differ show; where only break-downs differ, the checksums tell the two apart.
    private static string Text(BankTotals totals) => string.Create(
        CultureInfo.InvariantCulture,
        $"{totals.All.Count} entries, in {totals.All.Credits}, out {totals.All.Debits}, checksum {totals.Checksum[..12]}");

    private static string Text(AccountDay? day) => day is null
        ? "no entries"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{day.CreditCount + day.DebitCount} entries, in {day.Credits}, out {day.Debits}, closing balance {day.Closing}");

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A closed day differs from the ledger: {Kind}, {Subject}, day {Day} (difference {DifferenceId})")]
    private static partial void LogDifference(ILogger logger, DifferenceKind kind, string subject, DateOnly day, string differenceId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Difference {DifferenceId} of {Subject} no longer exists")]
    private static partial void LogClosed(ILogger logger, string differenceId, string subject);
}
