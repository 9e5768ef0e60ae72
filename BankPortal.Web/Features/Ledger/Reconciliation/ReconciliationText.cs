using BankPortal.Core.Ledger.Reconciliation;

namespace BankPortal.Web.Features.Ledger.Reconciliation;

/// <summary>The texts of the reconciliation on screen.</summary>
public static class ReconciliationText
{
    // Far longer than any pause between steps: then no node is at work.
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(15);

    /// <summary>The kind of a difference in a few words.</summary>
    public static string Name(DifferenceKind kind) => kind switch
    {
        DifferenceKind.RowAndEntry => "Balance does not match the last entry",
        DifferenceKind.RowWentBack => "Entries were taken back",
        DifferenceKind.EntryNotCounted => "Entry the account does not count",
        DifferenceKind.EntryMissing => "Entry missing",
        DifferenceKind.EntryChanged => "Entry changed",
        DifferenceKind.ChainBroken => "Chain of entries broken",
        DifferenceKind.BalanceBroken => "Running balance does not add up",
        DifferenceKind.TransferMissing => "Transfer missing",
        DifferenceKind.TransferDiffers => "Transfer and entry differ",
        DifferenceKind.OtherLegMissing => "Other side of a transfer missing",
        DifferenceKind.HeldDiffers => "Reserved amount does not match the held transfers",
        DifferenceKind.BankDayDiffers => "Closed day of the bank does not match its entries",
        DifferenceKind.AccountDayDiffers => "Closed day of an account does not match its entries",
        _ => "Stored data cannot be read",
    };

    /// <summary>The state of the reconciliation in a few words.</summary>
    public static string Standing(ReconciliationReport report, DateTimeOffset now) =>
        report.Open > 0 ? report.Open == 1 ? "1 difference" : string.Create(CultureInfo.CurrentCulture, $"{report.Open:N0} differences")
        : IsSilent(report.State, now) ? "Not running"
        : report.State.LastCycleEndedAt is null ? "First check running"
        : "In order";

    /// <summary>The tone of that state.</summary>
    public static StatusTone Tone(ReconciliationReport report, DateTimeOffset now) =>
        report.Open > 0 ? StatusTone.Negative
        : IsSilent(report.State, now) ? StatusTone.Attention
        : report.State.LastCycleEndedAt is null ? StatusTone.Information
        : StatusTone.Positive;

    /// <summary>Whether nothing has been checked for so long that something must be wrong.</summary>
    public static bool IsSilent(ReconciliationState state, DateTimeOffset now) =>
        state.LastStepAt is not { } last || (now - last > Silence && !(state.ResumeAt + Silence > now));

    /// <summary>What the running check has done.</summary>
    public static string Progress(ReconciliationState state) => state.CycleStartedAt is null
        ? "Resting until the next check."
        : state.LastCycleAccounts > 0
            ? string.Create(
                CultureInfo.CurrentCulture,
                $"Checking: {state.Accounts:N0} of about {Math.Max(state.LastCycleAccounts, state.Accounts):N0} accounts."
            )
        : string.Create(CultureInfo.CurrentCulture, $"Checking: {state.Accounts:N0} accounts so far.");
}
