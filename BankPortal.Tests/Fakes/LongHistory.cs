using Amazon.DynamoDBv2.Model;

namespace BankPortal.Tests.Fakes;

/// <summary>
/// Sets the scene of an account with a long history quickly: the rules make the entries one by one, but they are written
/// in batches, past the ledger. Only the account's own side is written.
/// </summary>
public static class LongHistory
{
    public static async Task<Account> AddHistoryAsync(this LedgerWorld world, Account account, int count, TimeSpan apart)
    {
        var current = await world.ReadAsync(account);
        var at = current.LastEntryAt ?? world.Time.GetUtcNow() - (apart * count);
        var items = new List<WriteRequest>(count);
        for (var i = 0; i < count; i++)
        {
            at += apart;
            var credit = i % 3 == 0;
            var candidate = world
                .Rules.Check(
                    new TransferOrder
                    {
                        Actor = Actor.System,
                        IdempotencyKey = world.NextKey(),
                        Kind = credit ? TransferKind.Salary : TransferKind.Purchase,
                        DebitAccountId = credit ? GeneralLedger.Clearing(current.Currency) : current.Id,
                        CreditAccountId = credit ? current.Id : GeneralLedger.Clearing(current.Currency),
                        Amount = Money.Of(credit ? 30 : 1 + (i % 7), current.Currency),
                        Description = $"Entry {i}",
                        At = at,
                    },
                    new LedgerSnapshot(
                        null,
                        ImmutableDictionary<string, Account>.Empty.WithComparers(StringComparer.Ordinal).Add(current.Id, current)
                    ),
                    at
                )
                .Value;
            var commit = world.Rules.Apply(candidate, verdict: null).Commit!;
            current = commit.Accounts.Single();
            items.Add(new WriteRequest(new PutRequest(world.LedgerItems.ToItem(commit.Entries.Single(e => e.AccountId == current.Id)))));
        }

        var table = world.Database.TableName(LedgerTables.Entries);
        foreach (var batch in items.Chunk(25))
        {
            await world.Database.Client.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = new() { [table] = [.. batch] } });
        }

        await world.Database.Client.PutItemAsync(world.Database.TableName(AccountTables.Accounts), world.AccountItems.ToItem(current));
        return current;
    }
}
