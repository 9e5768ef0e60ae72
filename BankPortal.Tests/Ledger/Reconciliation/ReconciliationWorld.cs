using Amazon.DynamoDBv2.Model;
using BankPortal.Infrastructure.Ledger.Reconciliation;

namespace BankPortal.Tests.Ledger.Reconciliation;

/// <summary>A bank on a real engine with its reconciliation, and methods that change stored rows directly.</summary>
internal sealed class ReconciliationWorld : IAsyncDisposable
{
    public static readonly Actor Admin = new("boss", [BankRoles.Admin]);

    private ReconciliationWorld(LedgerWorld bank)
    {
        Bank = bank;
        Store = new DynamoReconciliationStore(bank.Database);
        Service = NewService();
    }

    public LedgerWorld Bank { get; }

    public ManualTime Clock => (ManualTime)Bank.Time;

    public DynamoReconciliationStore Store { get; }

    public ReconciliationService Service { get; }

    public ListLogger<ReconciliationService> Log { get; } = new();

    public ReconciliationOptions Options { get; } = new() { LookAgainAfter = TimeSpan.Zero, AccountsPerStep = 2, EntriesPerAccount = 10 };

    public static async Task<ReconciliationWorld> CreateAsync(EngineKind kind) =>
        new(await LedgerWorld.CreateAsync(kind, new ManualTime()));

    /// <summary>Another node over the same store.</summary>
    public ReconciliationService NewService() =>
        new(
            new DynamoReconciliationReader(Bank.Database, Bank.LedgerItems, Bank.AccountItems),
            Bank.Store,
            Bank.AccountStore,
            Store,
            Options,
            Bank.Time,
            Log
        );

    /// <summary>Runs the reconciliation to the end of the current cycle and returns its state.</summary>
    public async Task<ReconciliationState> FinishCycleAsync(ReconciliationService? service = null, long fence = 1)
    {
        Clock.Advance(Options.PauseAfterCycle + TimeSpan.FromSeconds(1));
        var before = (await Store.ReadStateAsync()).Cycles;
        while (true)
        {
            var state = await (service ?? Service).StepAsync(fence);
            Assert.NotNull(state);
            if (state.Cycles > before)
            {
                return state;
            }
        }
    }

    public async Task<IReadOnlyList<Difference>> OpenAsync() => (await Service.ReportAsync(Admin)).Value.Differences;

    public async Task<Account> PaidAsync(string owner, int entries)
    {
        var account = await Bank.OpenAsync(owner, 1_000);
        var other = await Bank.OpenAsync(owner + "'s friend", 10);
        for (var i = 1; i < entries; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(7));
            await Bank.MustAsync(Bank.Order(account, other, 1 + (i % 5)) with { Actor = Actor.System });
        }

        return await Bank.ReadAsync(account);
    }

    public Task EditAsync(Entry entry, string attribute, AttributeValue value) =>
        EditAsync(LedgerTables.Entries, KeyOf(entry), attribute, value);

    public Task EditAsync(Account account, string attribute, AttributeValue value) =>
        EditAsync(AccountTables.Accounts, new() { ["account_id"] = Attr.S(account.Id) }, attribute, value);

    public Task EditTransferAsync(string transferId, string attribute, AttributeValue value) =>
        EditAsync(LedgerTables.Transfers, new() { ["transfer_id"] = Attr.S(transferId) }, attribute, value);

    public Task DeleteAsync(Entry entry) =>
        Bank.Database.Client.DeleteItemAsync(
            new DeleteItemRequest { TableName = Bank.Database.TableName(LedgerTables.Entries), Key = KeyOf(entry) }
        );

    public Task PutAsync(Entry entry) =>
        Bank.Database.Client.PutItemAsync(
            new PutItemRequest { TableName = Bank.Database.TableName(LedgerTables.Entries), Item = Bank.LedgerItems.ToItem(entry) }
        );

    public Task DeleteTransferAsync(string transferId) =>
        Bank.Database.Client.DeleteItemAsync(
            new DeleteItemRequest
            {
                TableName = Bank.Database.TableName(LedgerTables.Transfers),
                Key = new() { ["transfer_id"] = Attr.S(transferId) },
            }
        );

    public ValueTask DisposeAsync() => Bank.DisposeAsync();

    private static Dictionary<string, AttributeValue> KeyOf(Entry entry) =>
        new(StringComparer.Ordinal) { ["account_id"] = Attr.S(entry.AccountId), ["entry_key"] = Attr.S(LedgerItems.KeyOf(entry)) };

    private Task EditAsync(TableSpec table, Dictionary<string, AttributeValue> key, string attribute, AttributeValue value) =>
        Bank.Database.Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = Bank.Database.TableName(table),
            Key = key,
            UpdateExpression = "SET #name = :value",
            ExpressionAttributeNames = new() { ["#name"] = attribute },
            ExpressionAttributeValues = new() { [":value"] = value },
        });
}
