using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Ledger.Notes;
using BankPortal.Infrastructure.Dynamo.Documents;
using BankPortal.Infrastructure.Ledger.Notes;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Ledger.Notes;

[EngineTest]
public sealed class NoteStoreTests
{
    private static readonly FieldProtector Protector = new(new EphemeralDataProtectionProvider());
    private static readonly DateTimeOffset At = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task Note_Written_ReadsBackTheSameForItsCustomerAndIsEncrypted(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, LedgerTables.All);
        var store = new DynamoNoteStore(fixture.Database, Protector);
        var note = new TransactionNote { Text = "Half of the taxi", Receipts = [new("abc", "taxi.pdf", ReceiptType.Pdf, 12, At)] };

        Assert.True(await store.TryWriteNoteAsync("ann", "T1", note, Ct));
        Assert.False(await store.TryWriteNoteAsync("ann", "T1", note, Ct));

        var read = await store.ReadNoteAsync("ann", "T1", Ct);
        Assert.Equal((1, note.Text), (read.Version, read.Text));
        Assert.Equal(note.Receipts, read.Receipts);
        Assert.Equal(0, (await store.ReadNoteAsync("ben", "T1", Ct)).Version);
        Assert.True(await store.TryWriteNoteAsync("ann", "T1", read with { Text = "" }, Ct));
        Assert.Equal("", (await store.ReadNoteAsync("ann", "T1", Ct)).Text);
        var table = fixture.Database.TableName(LedgerTables.CustomerNotes);
        var rows = (await fixture.Database.Client.ScanAsync(new ScanRequest(table), Ct)).Items;
        Assert.DoesNotContain("taxi", Assert.Single(rows)["body"].S, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, EveryEngine]
    public async Task Filters_Written_ReadBackTheSame(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, LedgerTables.All);
        var store = new DynamoNoteStore(fixture.Database, Protector);
        var filters = new SavedFilters { All = [new("F1", "Eating out", "?category=dining")] };
        Assert.Equal(0, (await store.ReadFiltersAsync("ann", Ct)).Version);

        Assert.True(await store.TryWriteFiltersAsync("ann", filters, Ct));
        Assert.False(await store.TryWriteFiltersAsync("ann", filters, Ct));

        var read = await store.ReadFiltersAsync("ann", Ct);
        Assert.Equal(1, read.Version);
        Assert.Equal(filters.All, read.All);
        Assert.Empty((await store.ReadFiltersAsync("ben", Ct)).All);
    }

    [Theory, EveryEngine]
    public async Task Notes_OfOneTransaction_CostAsDocumented(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var store = new DynamoNoteStore(world.Database, Protector);
        var service = new TransactionNoteService(world.Store, store, new DynamoDocumentStore(world.Database, Protector), world.Time);
        var filters = new SavedFilterService(store);
        var ann = Actor.Customer("ann");
        var id = (await world.MustAsync(world.Order(await world.OpenAsync("ann", 50), await world.OpenAsync("ben"), 10))).Id;
        string? receipt = null;

        // docs/costs.md has these numbers.
        Assert.Equal(1, await CostOfAsync(() => service.ReadAsync(ann, id, Ct)));
        Assert.Equal(3, await CostOfAsync(() => service.WriteAsync(ann, id, "Taxi", Ct)));
        Assert.Equal(5, await CostOfAsync(async () =>
            receipt = (await service.AddReceiptAsync(ann, id, "a.pdf", SampleReceipts.Pdf, Ct)).Value.Receipts[0].Id));
        Assert.Equal(2, await CostOfAsync(() => service.FindReceiptAsync(ann, id, receipt!, Ct)));
        Assert.Equal(4, await CostOfAsync(() => service.RemoveReceiptAsync(ann, id, receipt!, Ct)));
        Assert.Equal(2, await CostOfAsync(() => filters.SaveAsync(ann, null, "Taxi", "?q=taxi", Ct)));
        Assert.Equal(1, await CostOfAsync(() => filters.ReadAsync(ann, Ct)));

        async Task<int> CostOfAsync(Func<Task> work)
        {
            using var counter = world.Fixture.CountRequests();
            await work();
            return counter.Total;
        }
    }
}
