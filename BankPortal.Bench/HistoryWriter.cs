using Amazon.DynamoDBv2.Model;
using BankPortal.Infrastructure.Accounts;
using BankPortal.Infrastructure.Ledger;
using BankPortal.Infrastructure.Ledger.Posting;

namespace BankPortal.Bench;

/// <summary>
/// Gives an account a long history in little time: the ledger's rules make every transfer, but what they want written goes
/// to the tables in batches, and the account's row once at the end. The result is what the ledger itself would have left.
/// </summary>
internal static class HistoryWriter
{
    private const int BatchSize = 25;

    private static readonly (TransferKind Kind, string Description, string Counterparty)[] Movements =
    [
        (TransferKind.Purchase, "Card purchase", "Corner Grocery"),
        (TransferKind.Purchase, "Card purchase", "Harbour Books"),
        (TransferKind.Payment, "Electricity", "City Power"),
        (TransferKind.Purchase, "Card purchase", "Café Central"),
        (TransferKind.Salary, "Salary", "Example Works"),
    ];

    /// <summary>Posts entries to an account that has none, each at the time given for its number.</summary>
    public static Task WriteAsync(BenchBank bank, Account account, int count, Func<int, DateTimeOffset> timeOf) =>
        WriteAsync(bank.Services, account, count, timeOf);

    /// <summary>Posts entries to an account that has none, in any process with the bank's services.</summary>
    public static async Task WriteAsync(IServiceProvider services, Account account, int count, Func<int, DateTimeOffset> timeOf)
    {
        var current = account;
        var database = services.GetRequiredService<DynamoDatabase>();
        var items = services.GetRequiredService<LedgerItems>();
        var rules = services.GetRequiredService<LedgerRules>();
        var tables = (Entries: database.TableName(LedgerTables.Entries), Transfers: database.TableName(LedgerTables.Transfers));
        var writing = new List<Task>();
        using var free = new SemaphoreSlim(8);
        var batch = new List<(string Table, WriteRequest Write)>(BatchSize);
        for (var i = 0; i < count; i++)
        {
            var (kind, description, counterparty) = Movements[i % Movements.Length];
            var credit = kind == TransferKind.Salary || current.Balance.MinorUnits < 100_000;
            var commit = Decide(rules, current, credit ? Movements[^1] : (kind, description, counterparty), credit, i, timeOf(i));
            current = commit.Accounts.Single();
            batch.Add((tables.Transfers, Put(items.ToItem(commit.Transfer))));
            batch.AddRange(commit.Entries.Select(entry => (tables.Entries, Put(items.ToItem(entry)))));
            if (batch.Count + 3 > BatchSize || i == count - 1)
            {
                var full = batch
                    .GroupBy(w => w.Table, w => w.Write, StringComparer.Ordinal)
                    .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
                batch.Clear();
                await free.WaitAsync();
                writing.RemoveAll(task => task.IsCompletedSuccessfully);
                writing.Add(SendAsync(database, full, free));
            }
        }

        await Task.WhenAll(writing);
        var row = services.GetRequiredService<AccountItems>().ToItem(current);
        await database.Client.PutItemAsync(database.TableName(AccountTables.Accounts), row);
    }

    private static LedgerCommit Decide(
        LedgerRules rules,
        Account account,
        (TransferKind Kind, string Description, string Counterparty) movement,
        bool credit,
        int number,
        DateTimeOffset at
    )
    {
        var opposite = GeneralLedger.Opposite(movement.Kind, account.Currency);
        return BenchBank.Decide(
            rules,
            new TransferOrder
            {
                Actor = Actor.System,
                IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"history {account.Id} {number}"),
                Kind = movement.Kind,
                DebitAccountId = credit ? opposite : account.Id,
                CreditAccountId = credit ? account.Id : opposite,
                Amount = new Money(credit ? 150_000 : 500 + (number % 4_000), account.Currency),
                Description = movement.Description,
                DebitName = credit ? movement.Counterparty : null,
                CreditName = credit ? null : movement.Counterparty,
                At = at,
            },
            ImmutableDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create(account.Id, account)]),
            at);
    }

    private static async Task SendAsync(DynamoDatabase database, Dictionary<string, List<WriteRequest>> writes, SemaphoreSlim free)
    {
        try
        {
            while (writes.Count > 0)
            {
                var response = await database.Client.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = writes });
                writes = response.UnprocessedItems ?? [];
            }
        }
        finally
        {
            free.Release();
        }
    }

    private static WriteRequest Put(Dictionary<string, AttributeValue> item) => new(new PutRequest(item));
}
