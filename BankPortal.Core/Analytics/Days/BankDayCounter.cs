namespace BankPortal.Core.Analytics.Days;

/// <summary>
/// Computes totals of the bank from the transfers themselves. Costs a read for each megabyte of transfers and for each hundred accounts;
/// memory does not depend on the number of transfers. Thread-safe.
/// </summary>
public sealed class BankDayCounter(ITransferFeedReader feed, ILedgerStore ledger, LedgerRules rules)
{
    // A transfer is found by when it changed; posting is never earlier, but later where another node's clock is ahead.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(10);

    // The most accounts in one read.
    private const int Batch = 100;

    // The most transfers that wait for their accounts to be read.
    private const int MaxWaiting = 1_000;

    // How many accounts' types and cohorts are remembered.
    private const int MaxRemembered = 20_000;

    /// <summary>Sums up what was posted from <paramref name="from"/>, inclusive, to <paramref name="before"/>, exclusive.</summary>
    /// <param name="from">The beginning.</param>
    /// <param name="before">The end.</param>
    /// <param name="seen">Receives the rows of the customer accounts with entries, batch by batch; may name an account more than once. It is
    /// awaited, so a caller can rest in it.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>The totals by currency; currencies without entries are missing.</returns>
    public async Task<IReadOnlyDictionary<Currency, BankTotals>> CountAsync(
        DateTimeOffset from,
        DateTimeOffset before,
        Func<IReadOnlyCollection<Account>, CancellationToken, Task>? seen = null,
        CancellationToken ct = default)
    {
        var sums = new Dictionary<Currency, BankTotals.Builder>();
        var accounts = new Dictionary<string, Segment>(StringComparer.Ordinal);
        var batch = new List<Transfer>();
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var transfer in feed.ReadPeriodAsync(from - Slack, before, ct).WithCancellation(ct))
        {
            if (transfer.Status != TransferStatus.Posted || transfer.PostedAt is not { } posted || posted < from || posted >= before)
            {
                continue;
            }

            batch.Add(transfer);
            unknown.UnionWith(GeneralLedger.CustomerAccountsOf(transfer.DebitAccountId, transfer.CreditAccountId)
                .Where(id => !accounts.ContainsKey(id)));
            if (unknown.Count > Batch - 2 || batch.Count == MaxWaiting)
            {
                await AddAsync();
            }
        }

        await AddAsync();
        return sums.ToDictionary(sum => sum.Key, sum => sum.Value.ToTotals());

        async Task AddAsync()
        {
            if (unknown.Count > 0)
            {
                var found = await ledger.ReadManyAsync([], unknown, ct);
                foreach (var (id, account) in found.Accounts)
                {
                    accounts[id] = new Segment(account.Type, rules.LocalTimeOf(account.OpenedAt));
                }

                if (seen is not null)
                {
                    await seen([.. found.Accounts.Values], ct);
                }
            }
            else if (seen is not null && batch.Count > 0)
            {
                await seen([], ct);
            }

            foreach (var transfer in batch)
            {
                Add(transfer, transfer.DebitAccountId, isCredit: false);
                Add(transfer, transfer.CreditAccountId, isCredit: true);
            }

            batch.Clear();
            unknown.Clear();
            if (accounts.Count > MaxRemembered)
            {
                accounts.Clear();
            }
        }

        void Add(Transfer transfer, string accountId, bool isCredit)
        {
            if (GeneralLedger.IsInternal(accountId))
            {
                return;
            }

            if (!accounts.TryGetValue(accountId, out var account))
            {
                throw new InvalidDataException($"Transfer {transfer.Id} names an account that has no row.");
            }

            if (!sums.TryGetValue(transfer.Amount.Currency, out var sum))
            {
                sums[transfer.Amount.Currency] = sum = new BankTotals.Builder();
            }

            sum.Add(transfer, accountId, account.Type, isCredit, rules.LocalTimeOf(transfer.PostedAt!.Value), account.Opened);
        }
    }

    // What the break-downs need of an account. Rows have some kilobytes, and thousands of them are remembered.
    private readonly record struct Segment(AccountType Type, DateTime Opened);
}
