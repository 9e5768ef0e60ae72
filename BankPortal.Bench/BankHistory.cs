using Amazon.DynamoDBv2.Model;
using BankPortal.Infrastructure.Accounts;
using BankPortal.Infrastructure.Ledger;

namespace BankPortal.Bench;

/// <summary>
/// Gives a whole bank a history in little time: the ledger's rules make every transfer, but what they want written goes to the tables in
/// batches, and the rows of the accounts once at the end. The result is what the ledger itself would have left.
/// </summary>
internal sealed class BankHistory(BenchBank bank) : IDisposable
{
    private const int BatchSize = 25;

    // Between the bank and a customer, one in each hour of a day, so that every day has the same break-downs.
    private static readonly TransferKind[] Kinds =
    [
        TransferKind.Salary, TransferKind.Purchase, TransferKind.Deposit, TransferKind.Payment, TransferKind.Withdrawal,
        TransferKind.Purchase,
    ];

    private readonly SemaphoreSlim _free = new(8);
    private readonly List<Task> _writing = [];
    private List<(string Table, Func<Dictionary<string, AttributeValue>> Item)> _batch = new(BatchSize);
    private int _number;

    /// <summary>Makes accounts as they are after opening; their rows are written with their history.</summary>
    public static Account[] NewAccounts(string owners, int count, DateTimeOffset openedAt) =>
    [
        .. Enumerable.Range(0, count).Select(i => new Account
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{owners}-account-{i}"),
            OwnerId = string.Create(CultureInfo.InvariantCulture, $"{owners}-{i}"),
            Number = AccountNumber.Random(),
            Type = i % 4 == 3 ? AccountType.Savings : AccountType.Checking,
            Currency = Currency.Usd,
            Balance = Money.Zero(Currency.Usd),
            Held = Money.Zero(Currency.Usd),
            Overdraft = Money.Zero(Currency.Usd),
            OpenedAt = openedAt,
            Version = 1,
        }),
    ];

    /// <summary>
    /// Posts about so many entries of customer accounts on a day, evenly over its hours: one between the bank and a customer in each
    /// hour, the others in pairs between customers. Days of an account must come in order.
    /// </summary>
    /// <param name="accounts">The accounts; they change with the postings.</param>
    /// <param name="start">The first moment of the day.</param>
    /// <param name="entries">How many entries; at least 24.</param>
    public async Task WriteDayAsync(Account[] accounts, DateTimeOffset start, int entries)
    {
        var hours = 24;
        var pairs = (entries - hours) / 2;
        var steps = hours + pairs;
        var pause = TimeSpan.FromHours(24) / (steps + 1);
        var (hour, pair) = (0, 0);
        for (var i = 0; i < steps; i++)
        {
            // The next one by the bank is due when its hour begins.
            var at = start + (pause * (i + 1));
            if (hour < hours && (at >= start.AddHours(hour) + (pause / 2) || pair == pairs))
            {
                await PostAsync(accounts, Kinds[hour % Kinds.Length], hour++, null, at);
            }
            else
            {
                // Over the day every account pays and is paid equally often.
                var from = pair++ % accounts.Length;
                await PostAsync(accounts, TransferKind.Transfer, from, (from + 1 + (pair / accounts.Length)) % accounts.Length, at);
            }
        }
    }

    /// <summary>Pays an opening balance in, so that there is enough for what follows.</summary>
    public async Task OpenAsync(Account[] accounts, DateTimeOffset at)
    {
        for (var i = 0; i < accounts.Length; i++)
        {
            await PostAsync(accounts, TransferKind.Opening, i, null, at.AddMilliseconds(i));
        }
    }

    /// <summary>Waits for all writes and writes the rows of the accounts.</summary>
    public async Task FinishAsync(Account[] accounts)
    {
        foreach (var account in accounts)
        {
            await AddAsync(bank.Database.TableName(AccountTables.Accounts), () => bank.AccountItems.ToItem(account));
        }

        await SendAsync();
        await Task.WhenAll(_writing);
        _writing.Clear();
    }

    public void Dispose() => _free.Dispose();

    private async Task PostAsync(Account[] accounts, TransferKind kind, int index, int? other, DateTimeOffset at)
    {
        var account = accounts[index % accounts.Length];
        var pays = kind is TransferKind.Purchase or TransferKind.Payment or TransferKind.Withdrawal or TransferKind.Transfer;
        var opposite = other is { } o ? accounts[o].Id : GeneralLedger.Opposite(kind, account.Currency);
        var rows = ImmutableDictionary.Create<string, Account>(StringComparer.Ordinal).Add(account.Id, account);
        rows = other is { } p ? rows.Add(opposite, accounts[p]) : rows;
        var commit = bank.Decide(
            new TransferOrder
            {
                Actor = Actor.System,
                IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"history {account.Id} {_number++}"),
                Kind = kind,
                DebitAccountId = pays ? account.Id : opposite,
                CreditAccountId = pays ? opposite : account.Id,
                Amount = new Money(kind == TransferKind.Opening ? 100_000_000 : 100 + (_number % 900), account.Currency),
                Description = "History",
                At = at,
            },
            rows,
            at);
        foreach (var changed in commit.Accounts)
        {
            accounts[changed.Id == account.Id ? index % accounts.Length : other!.Value] = changed;
        }

        await AddAsync(bank.Database.TableName(LedgerTables.Transfers), () => bank.LedgerItems.ToItem(commit.Transfer));
        foreach (var entry in commit.Entries)
        {
            await AddAsync(bank.Database.TableName(LedgerTables.Entries), () => bank.LedgerItems.ToItem(entry));
        }
    }

    private async Task AddAsync(string table, Func<Dictionary<string, AttributeValue>> item)
    {
        _batch.Add((table, item));
        if (_batch.Count == BatchSize)
        {
            await SendAsync();
        }
    }

    private async Task SendAsync()
    {
        if (_batch.Count == 0)
        {
            return;
        }

        var full = _batch;
        _batch = new(BatchSize);
        await _free.WaitAsync();
        foreach (var ended in _writing.Where(task => task.IsCompleted).ToList())
        {
            _writing.Remove(ended);
            await ended;
        }

        _writing.Add(Task.Run(async () =>
        {
            try
            {
                var writes = full
                    .GroupBy(write => write.Table, write => new WriteRequest(new PutRequest(write.Item())), StringComparer.Ordinal)
                    .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
                while (writes.Count > 0)
                {
                    var response = await bank.Database.Client.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = writes });
                    writes = response.UnprocessedItems ?? [];
                }
            }
            finally
            {
                _free.Release();
            }
        }));
    }
}
