using System.CommandLine;
using BankPortal.Core.Analytics;
using BankPortal.Core.Ledger.Verification;

namespace BankPortal.Web.Hosting.Commands;

/// <summary>Computes the day summaries of every account again from its entries, and repairs what is stored where it differs.</summary>
internal sealed class RebuildDaysCommand(ILedgerAudit audit, AccountDayService days, TimeProvider time) : IPortalCommand
{
    // Accounts at the same time: enough to hide the database's latency, few enough to leave a serving portal its share.
    private const int Workers = 8;

    public static Command Define() =>
        new("rebuild-days", "Compute the day summaries of all accounts again from their entries and repair what differs; safe at any time.");

    public async Task<int> RunAsync(ParseResult call, CancellationToken ct = default)
    {
        var accounts = new List<string>();
        await foreach (var account in audit.AccountsAsync(ct))
        {
            accounts.Add(account.Id);
        }

        var repaired = await RebuildAsync(accounts, days, time, ct);
        await Console.Out.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{accounts.Count:N0} accounts, {repaired:N0} days repaired")
        );
        return ExitCodes.Ok;
    }

    /// <summary>Rebuilds the days of some accounts and gives how many days were written.</summary>
    public static async Task<long> RebuildAsync(
        IReadOnlyCollection<string> accountIds,
        AccountDayService days,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var progress = new ProgressLine("Summing up", time);
        var done = 0;
        var repaired = 0L;
        await Parallel.ForEachAsync(
            accountIds,
            new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = ct },
            async (id, token) =>
            {
                Interlocked.Add(ref repaired, await days.RebuildAsync(id, token));
                progress.Show(Interlocked.Increment(ref done), accountIds.Count);
            }
        );
        ProgressLine.End();
        return repaired;
    }
}
