using System.Runtime.CompilerServices;

namespace BankPortal.Core.Reports.Cubes;

/// <summary>
/// Reads the settled transfers of a period from the feed index as rows of reports. Streamed: memory does not depend on how many there
/// are. A read for each megabyte of transfers and for each hundred accounts. Thread-safe.
/// </summary>
public sealed class ReportRows(ITransferFeedReader feed, ILedgerStore ledger, LedgerRules rules)
{
    // A transfer is found by when it changed; posting is never earlier, but later where another node's clock is ahead.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(10);

    private const int Batch = 100;
    private const int MaxWaiting = 1_000;
    private const int MaxRemembered = 20_000;

    /// <summary>Reads what was settled from <paramref name="from"/>, inclusive, to <paramref name="before"/>, exclusive.</summary>
    public async IAsyncEnumerable<ReportRow> ReadAsync(
        DateTimeOffset from, DateTimeOffset before, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var accounts = new Dictionary<string, AccountFacts>(StringComparer.Ordinal);
        var batch = new List<Transfer>();
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var transfer in feed.ReadPeriodAsync(from - Slack, before, ct).WithCancellation(ct))
        {
            if (transfer.Status == TransferStatus.Held || SettledAt(transfer) is var at && (at < from || at >= before))
            {
                continue;
            }

            batch.Add(transfer);
            unknown.UnionWith(GeneralLedger.CustomerAccountsOf(transfer.DebitAccountId, transfer.CreditAccountId)
                .Where(id => !accounts.ContainsKey(id)));
            if (unknown.Count > Batch - 2 || batch.Count == MaxWaiting)
            {
                foreach (var row in await RowsAsync())
                {
                    yield return row;
                }
            }
        }

        foreach (var row in await RowsAsync())
        {
            yield return row;
        }

        async Task<List<ReportRow>> RowsAsync()
        {
            if (unknown.Count > 0)
            {
                foreach (var (id, account) in (await ledger.ReadManyAsync([], unknown, ct)).Accounts)
                {
                    accounts[id] = new AccountFacts(id, account.OwnerId, account.Type, account.OpenedAt, account.Number);
                }
            }

            var rows = new List<ReportRow>(batch.Count * 2);
            foreach (var transfer in batch)
            {
                rows.AddRange(RowsOf(transfer, accounts));
            }

            batch.Clear();
            unknown.Clear();
            if (accounts.Count > MaxRemembered)
            {
                accounts.Clear();
            }

            return rows;
        }
    }

    /// <summary>When a transfer was settled.</summary>
    public static DateTimeOffset SettledAt(Transfer transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        return transfer.Status == TransferStatus.Posted ? transfer.PostedAt ?? transfer.ChangedAt : transfer.ChangedAt;
    }

    private IEnumerable<ReportRow> RowsOf(Transfer transfer, Dictionary<string, AccountFacts> accounts)
    {
        var local = rules.LocalTimeOf(SettledAt(transfer));
        var isFirst = true;
        foreach (var (id, isIn) in new[] { (transfer.DebitAccountId, false), (transfer.CreditAccountId, true) })
        {
            // What was not posted moved nothing: it counts once, for who ordered it.
            if (GeneralLedger.IsInternal(id) || (!isFirst && transfer.Status != TransferStatus.Posted))
            {
                continue;
            }

            if (!accounts.TryGetValue(id, out var account))
            {
                // A blocked transfer may name an account that was never opened here; a posted one cannot.
                if (transfer.Status == TransferStatus.Posted)
                {
                    throw new InvalidDataException($"Transfer {transfer.Id} names an account that has no row.");
                }

                continue;
            }

            yield return new ReportRow(transfer, account, isIn, isFirst, local, rules.DayOf(account.OpenedAt));
            isFirst = false;
        }
    }
}
