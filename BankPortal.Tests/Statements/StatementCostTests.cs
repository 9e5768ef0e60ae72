using BankPortal.Core.Statements;
using BankPortal.Infrastructure.Analytics;
using BankPortal.Infrastructure.Dynamo.Documents;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Statements;

/// <summary>What a statement costs in requests, on real engines: it does not depend on the entries outside its period.</summary>
[EngineTest]
public sealed class StatementCostTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task Year_WithAHundredAndWithThousandsOfEntriesOutside_CostsTheSame(EngineKind kind)
    {
        var time = new ManualTime(new DateTimeOffset(2024, 12, 31, 12, 0, 0, TimeSpan.Zero));
        await using var world = await LedgerWorld.CreateAsync(kind, time);
        world.Directory.Names["ann"] = "Ann Archer";
        var few = await HistoryAsync("ann", before: 50, after: 50);
        var many = await HistoryAsync("ann", before: 2_500, after: 2_500);
        time.SetUtcNow(new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var days = new AccountDayService(
            new DynamoAccountDayStore(world.Database, maxRows: 8), world.Store, world.Rules, NullLogger<AccountDayService>.Instance);
        using var statements = new StatementService(
            world.Accounts,
            world.Store,
            days,
            world.Directory,
            new DynamoDocumentStore(world.Database, new FieldProtector(new EphemeralDataProtectionProvider())),
            SampleStatements.Writers,
            world.Rules,
            world.Options,
            new StatementOptions(),
            time);
        var ann = Actor.Customer("ann");

        // As the nightly job has done.
        await days.CloseAsync(few.Id, Ct);
        await days.CloseAsync(many.Id, Ct);
        var year = StatementPeriod.Year(2026);

        foreach (var format in Enum.GetValues<StatementFormat>())
        {
            var first = (await CostAsync(few, format), await CostAsync(many, format));
            var again = (await CostAsync(few, format), await CostAsync(many, format));

            Assert.Equal(first.Item1, first.Item2);
            Assert.Equal(again.Item1, again.Item2);
            Assert.InRange(first.Item1, 1, 8);
            Assert.InRange(again.Item1, 1, 2);
        }

        async Task<int> CostAsync(Account account, StatementFormat format)
        {
            using var counter = world.Fixture.CountRequests();
            var file = (await statements.ExportAsync(ann, account.Id, year, format, Ct)).Value;
            Assert.True(file.IsKept);
            return counter.Total;
        }

        // Entries before 2026, twelve within it, and entries after it.
        async Task<Account> HistoryAsync(string owner, int before, int after)
        {
            var account = await world.OpenAsync(owner);
            await FillAsync(2025, before, TimeSpan.FromMinutes(100));
            await FillAsync(2026, 12, TimeSpan.FromDays(30));
            await FillAsync(2027, after, TimeSpan.FromMinutes(10));
            return account;

            async Task FillAsync(int year, int count, TimeSpan apart)
            {
                var current = await world.ReadAsync(account) with
                {
                    LastEntryAt = new DateTimeOffset(year, 1, 2, 12, 0, 0, TimeSpan.Zero),
                };
                await world.Database.Client.PutItemAsync(
                    world.Database.TableName(AccountTables.Accounts), world.AccountItems.ToItem(current), Ct);
                await world.AddHistoryAsync(account, count, apart);
            }
        }
    }
}
