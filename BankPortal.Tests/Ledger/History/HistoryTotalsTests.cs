using BankPortal.Core.Analytics.Categories;

namespace BankPortal.Tests.Ledger.History;

/// <summary>What a filter adds up to equals the naive sum over everything that is exported under it.</summary>
[UnitTest]
public sealed class HistoryTotalsTests
{
    private readonly InMemoryBank _bank = new();
    private readonly InMemoryCategoryBookStore _books = new();
    private readonly CountingLedger _ledger;
    private readonly HistoryService _history;
    private readonly Actor _ann;

    public HistoryTotalsTests()
    {
        _ledger = new CountingLedger(_bank.Store);
        _history = new HistoryService(_ledger, _bank.Store, new CustomerEntryCategories(_books));
        _ann = _bank.Customer("ann", "Ann Smith");
    }

#pragma warning disable CA5394 // A fixed seed is the point.
    [Fact]
    public async Task Total_OfEachFilter_EqualsTheSumOfTheExport()
    {
        var account = await OpenAsync();
        await _bank.OpenAsync(_ann, 70, AccountType.Savings);
        var random = new Random(11);
        string[] names = ["Noodle House", "Greenleaf Market", "Rent", "Noodle House West"];
        TransferKind[] kinds = [TransferKind.Purchase, TransferKind.Payment];
        for (var i = 0; i < 300; i++)
        {
            var amount = random.Next(-9_000, 9_000) / 100m;
            await _bank.PostAsync(account, amount == 0 ? 1 : amount, names[random.Next(4)], kinds[random.Next(2)]);
            _bank.Time.Advance(TimeSpan.FromHours(random.Next(30)));
        }

        var middle = _bank.Time.GetUtcNow().AddDays(-60);
        foreach (var filter in new[]
        {
            new HistoryFilter { Text = "noodle" },
            new HistoryFilter { Counterparty = "\"noodle house\"" },
            new HistoryFilter { Counterparty = "house noodle", Direction = EntryDirection.Out, CategoryId = "dining" },
            new HistoryFilter { OnWeekends = true, Kinds = [TransferKind.Purchase] },
            new HistoryFilter { From = middle, Before = middle.AddDays(20), MinAmount = 5, OldestFirst = true },
            new HistoryFilter { AccountId = account.Id, MaxAmount = 0.01m },
        })
        {
            var totals = (await _history.TotalAsync(_ann, filter)).Value;
            var (count, income, outgo) = (0, 0m, 0m);
            await foreach (var line in (await _history.ExportAsync(_ann, filter)).Value)
            {
                var amount = line.Entry.Amount.Amount;
                (count, income, outgo) = (count + 1, income + Math.Max(0, amount), outgo + Math.Max(0, -amount));
            }

            Assert.True(totals.IsComplete);
            Assert.Equal(count, totals.Count);
            Assert.Equal(income, totals.Sums.Sum(sum => sum.In.Amount));
            Assert.Equal(outgo, totals.Sums.Sum(sum => sum.Out.Amount));
            Assert.Equal(income - outgo, totals.Sums.Sum(sum => sum.Net.Amount));
        }
    }

#pragma warning restore CA5394

    [Fact]
    public async Task Total_LongHistory_StopsAtTheLimitSaysSoAndGoesOn()
    {
        var account = await OpenAsync();
        for (var i = 0; i < HistoryService.MaxExamined + 500; i++)
        {
            _bank.Time.Advance(TimeSpan.FromSeconds(1));
            await _bank.PostAsync(account, 2);
        }

        var filter = new HistoryFilter { Direction = EntryDirection.In };
        _ledger.Reset();
        var part = (await _history.TotalAsync(_ann, filter)).Value;

        Assert.False(part.IsComplete);
        Assert.Equal(HistoryService.MaxExamined, part.Count);
        Assert.NotNull(part.CountedTo);
        Assert.InRange(_ledger.EntriesRead, HistoryService.MaxExamined, HistoryService.MaxExamined * 2);
        Assert.InRange(_ledger.Queries.Count, 1, 3);
        var all = (await _history.TotalAsync(_ann, filter, part)).Value;
        Assert.Equal((HistoryService.MaxExamined + 500, null), (all.Count, all.CountedTo));
        Assert.Equal((HistoryService.MaxExamined + 500) * 2, Assert.Single(all.Sums).In.Amount);
        Assert.IsType<InvalidCursorError>((await _history.TotalAsync(_ann, filter, part with { Next = "rubbish" })).Error);
    }

    [Fact]
    public async Task Search_WholeListOnOnePage_BringsItsTotals()
    {
        var account = await OpenAsync();
        for (var i = 0; i < 12; i++)
        {
            await _bank.PostAsync(account, i % 2 == 0 ? 3 : -1, i < 4 ? "Few" : "Many");
        }

        var few = (await _history.SearchAsync(_ann, new HistoryFilter { Text = "few" }, null, 10)).Value;
        var all = (await _history.SearchAsync(_ann, HistoryFilter.All, null, 10)).Value;

        Assert.Equal((4, 6m, 2m), (few.Totals!.Count, few.Totals.Sums[0].In.Amount, few.Totals.Sums[0].Out.Amount));
        Assert.Null(all.Totals);
    }

    [Fact]
    public async Task Total_OfACategory_CountsTheDividedPartOnly()
    {
        var account = await OpenAsync();
        var posted = await _bank.PostAsync(account, -30, "Noodle House", TransferKind.Purchase);
        var categories = new CategoryService(_books, _history, _bank.Accounts, _bank.Rules, _bank.Time);
        Assert.True((await categories.SplitAsync(
            _ann, posted.Id, [("dining", Money.Of(20, account.Currency)), ("travel", Money.Of(10, account.Currency))])).IsSuccess);

        var totals = (await _history.TotalAsync(_ann, new HistoryFilter { CategoryId = "travel" })).Value;

        Assert.Equal((1, 10m, true), (totals.Count, totals.Sums[0].Out.Amount, totals.HasParts));
    }

    [Fact]
    public async Task Total_SomebodyElsesAccount_IsNotFound()
    {
        var account = await OpenAsync();

        Assert.IsType<NotFoundError>(
            (await _history.TotalAsync(_bank.Customer("bob", "Bob"), new HistoryFilter { AccountId = account.Id })).Error);
        Assert.Equal("with", (await _history.TotalAsync(_ann, new HistoryFilter { Counterparty = new string('x', 151) })).Error!.Field);
    }

    private async Task<Account> OpenAsync() =>
        await _bank.ChangeAsync(await _bank.OpenAsync(_ann), a => a with { Overdraft = Money.Of(1_000_000, a.Currency) });
}
