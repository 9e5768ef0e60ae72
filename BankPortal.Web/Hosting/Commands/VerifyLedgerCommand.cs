using System.CommandLine;
using BankPortal.Core.Ledger.Verification;

namespace BankPortal.Web.Hosting.Commands;

/// <summary>Recomputes the ledger and says whether every invariant holds.</summary>
internal sealed class VerifyLedgerCommand(LedgerVerifier verifier, TimeProvider time) : IPortalCommand
{
    private static readonly string[] Invariants =
    [
        "hash chain",
        "legs sum to zero",
        "entries without gaps",
        "rows equal entries",
        "one key, one effect",
        "status respected",
        "bank sums to zero",
        "nothing changed or lost",
    ];

    public static Command Define() =>
        new("verify-ledger", "Recompute the ledger from its entries; exit code 1 when an invariant is violated.");

    public async Task<int> RunAsync(ParseResult call, CancellationToken ct = default)
    {
        var progress = new ProgressLine("Reading", time);
        var found = await verifier.VerifyAsync(new Direct<long>(rows => progress.Show(rows)), ct);
        ProgressLine.End();

        foreach (var violation in found.Violations)
        {
            await Console.Out.WriteLineAsync(
                $"VIOLATED {violation.Invariant.ToString(CultureInfo.InvariantCulture)} ({Invariants[violation.Invariant]}) {violation.Subject}: {violation.Detail}"
            );
        }

        if (found.ViolationCount > found.Violations.Length)
        {
            await Console.Out.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"... and {found.ViolationCount - found.Violations.Length:N0} more")
            );
        }

        var balances = found.CustomerBalances.IsEmpty
            ? "none"
            : string.Join(", ", found.CustomerBalances.Select(b => b.Format(CultureInfo.InvariantCulture)));
        await Console.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{found.Accounts:N0} accounts, {found.Transfers:N0} transfers, {found.Entries:N0} entries; customer balances: {balances}; violations: {found.ViolationCount:N0}"
            )
        );
        return found.IsClean ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
