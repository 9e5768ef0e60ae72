namespace BankPortal.Tests.Ledger.History;

[UnitTest]
public sealed class HistoryServiceTests
{
    private readonly InMemoryBank _bank = new();
    private readonly CountingLedger _ledger;
    private readonly HistoryService _history;
    private readonly Actor _ann;

    public HistoryServiceTests()
    {
        _ledger = new CountingLedger(_bank.Store);
        _history = new HistoryService(_ledger, _bank.Store);
        _ann = _bank.Customer("ann", "Ann Smith");
    }

    [Fact]
    public async Task Search_ForwardThroughAllPages_GivesEveryEntryOnceInOrder()
    {
        var accounts = await OpenAsync(3);
        await PostManyAsync(accounts, 47);

        var (lines, pages) = await WalkAsync(HistoryFilter.All, 10);

        Assert.Equal(5, pages);
        Assert.Equal(47, lines.Count);
        Assert.Equal(lines.OrderByDescending(Key).Select(Key), lines.Select(Key));
        Assert.Equal(47, lines.Select(l => l.Entry.TransferId).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Search_OldestFirst_GivesTheReverse()
    {
        var accounts = await OpenAsync(3);
        await PostManyAsync(accounts, 33);

        var (newest, _) = await WalkAsync(HistoryFilter.All, 7);
        var (oldest, _) = await WalkAsync(new HistoryFilter { OldestFirst = true }, 7);

        Assert.Equal(newest.AsEnumerable().Reverse().Select(Key), oldest.Select(Key));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Search_EntriesOfAllAccountsAtOneMoment_LosesNoneAtPageBounds(bool oldestFirst)
    {
        var accounts = await OpenAsync(4);
        for (var i = 0; i < 5; i++)
        {
            foreach (var account in accounts)
            {
                await _bank.PostAsync(account, 1);
            }
        }

        var (lines, _) = await WalkAsync(new HistoryFilter { OldestFirst = oldestFirst }, 3);

        Assert.Equal(20, lines.DistinctBy(l => (l.Account.Id, l.Entry.Sequence)).Count());
        Assert.Equal(20, lines.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Search_BackAgain_GivesTheSamePages(bool oldestFirst)
    {
        var accounts = await OpenAsync(3);
        await PostManyAsync(accounts, 40);
        var filter = new HistoryFilter { OldestFirst = oldestFirst };
        var forward = new List<HistoryPage> { await PageAsync(filter, null, 10) };
        while (forward[^1].Next is { } next)
        {
            forward.Add(await PageAsync(filter, next, 10));
        }

        var page = forward[^1];
        for (var i = forward.Count - 2; i >= 0; i--)
        {
            page = await PageAsync(filter, page.Previous, 10);
            Assert.Equal(forward[i].Lines.Select(Key), page.Lines.Select(Key));
        }

        Assert.Null(page.Previous);
        Assert.Null(forward[^1].Next);
    }

    [Fact]
    public async Task Search_BackToAStartThatHasGrown_ShowsAFullFirstPage()
    {
        var account = (await OpenAsync(1))[0];
        await PostManyAsync([account], 15);
        var second = await PageAsync(HistoryFilter.All, (await PageAsync(HistoryFilter.All, null, 10)).Next, 10);
        await PostManyAsync([account], 3);

        var back = await PageAsync(HistoryFilter.All, second.Previous, 10);
        var start = await PageAsync(HistoryFilter.All, back.Previous, 10);

        Assert.Equal(10, start.Lines.Length);
        Assert.Equal(18, start.Lines[0].Entry.Sequence);
        Assert.Null(start.Previous);
    }

    [Fact]
    public async Task Search_CursorWithNothingBehindIt_LeadsBack()
    {
        var account = (await OpenAsync(1))[0];
        await PostManyAsync([account], 20);
        var first = await PageAsync(HistoryFilter.All, null, 10);

        // The rest does not pass a filter that is added on the second page.
        var empty = await PageAsync(new HistoryFilter { Text = "never" }, first.Next, 10);
        var back = await PageAsync(HistoryFilter.All, empty.Previous, 10);

        Assert.Empty(empty.Lines);
        Assert.Equal(first.Lines.Select(Key), back.Lines.Select(Key));
    }

    [Fact]
    public async Task Search_EachFilter_GivesExactlyWhatPassesIt()
    {
        var account = (await OpenAsync(1))[0];
        var other = (await OpenAsync(1))[0];
        var start = _bank.Time.GetUtcNow();
        await _bank.PostAsync(account, 1000, "Wages March", TransferKind.Salary);
        _bank.Time.Advance(TimeSpan.FromDays(1));
        await _bank.PostAsync(account, -25.50m, "Café Zürich", TransferKind.Purchase);
        _bank.Time.Advance(TimeSpan.FromDays(1));
        await _bank.PostAsync(account, -700, "Rent", TransferKind.Payment);
        _bank.Time.Advance(TimeSpan.FromDays(1));
        await _bank.PostAsync(other, -0.01m, "Fee", TransferKind.Fee);

        await ExpectAsync(new HistoryFilter { Kinds = [TransferKind.Purchase, TransferKind.Fee] }, "Fee", "Café Zürich");
        await ExpectAsync(new HistoryFilter { Direction = EntryDirection.In, Kinds = [TransferKind.Salary] }, "Wages March");
        await ExpectAsync(new HistoryFilter { Direction = EntryDirection.Out }, "Fee", "Rent", "Café Zürich");
        await ExpectAsync(new HistoryFilter { MinAmount = 25.50m, MaxAmount = 700 }, "Rent", "Café Zürich");
        await ExpectAsync(new HistoryFilter { MinAmount = 25.51m, MaxAmount = 699.99m });
        await ExpectAsync(new HistoryFilter { Text = "cafe ZUR" }, "Café Zürich");
        await ExpectAsync(new HistoryFilter { From = start.AddDays(1), Before = start.AddDays(3) }, "Rent", "Café Zürich");
        await ExpectAsync(new HistoryFilter { AccountId = other.Id, Direction = EntryDirection.Out }, "Fee");
        var rent = (await _history.SearchAsync(_ann, new HistoryFilter { Text = "rent" }, null, 10)).Value.Lines[0].Entry.TransferId;
        await ExpectAsync(new HistoryFilter { Text = rent[..5] + "-" + rent[5..10].ToLowerInvariant() }, "Rent");
    }

    [Fact]
    public async Task Search_SomebodyElsesAccount_IsNotFound()
    {
        var account = (await OpenAsync(1))[0];
        var bob = _bank.Customer("bob", "Bob Jones");

        Assert.IsType<NotFoundError>((await _history.SearchAsync(bob, new HistoryFilter { AccountId = account.Id }, null, 10)).Error);
        Assert.IsType<NotFoundError>((await _history.ExportAsync(bob, new HistoryFilter { AccountId = account.Id })).Error);
        Assert.Empty((await _history.SearchAsync(bob, HistoryFilter.All, null, 10)).Value.Lines);
    }

    [Fact]
    public async Task Search_CursorOfAnotherCustomer_ShowsOnlyOwnEntries()
    {
        await PostManyAsync(await OpenAsync(1), 15);
        var cursor = (await PageAsync(HistoryFilter.All, null, 10)).Next;
        var bob = _bank.Customer("bob", "Bob Jones");
        var account = await _bank.OpenAsync(bob, 5);

        var page = (await _history.SearchAsync(bob, HistoryFilter.All, cursor, 10)).Value;

        Assert.All(page.Lines, line => Assert.Equal(account.Id, line.Account.Id));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("!!!")]
    [InlineData("MXxmfG58MS4xfA")]
    [InlineData("'; DROP TABLE entries; --")]
    [InlineData(
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    )]
    public async Task Search_CursorThatIsNone_IsRefused(string cursor)
    {
        await PostManyAsync(await OpenAsync(1), 3);

        Assert.IsType<InvalidCursorError>((await _history.SearchAsync(_ann, HistoryFilter.All, cursor, 10)).Error);
    }

    [Fact]
    public async Task Search_CursorChangedOrOfTheOtherOrder_IsRefused()
    {
        await PostManyAsync(await OpenAsync(1), 15);
        var cursor = (await PageAsync(HistoryFilter.All, null, 10)).Next!;

        Assert.IsType<InvalidCursorError>((await _history.SearchAsync(_ann, new HistoryFilter { OldestFirst = true }, cursor, 10)).Error);
        Assert.IsType<InvalidCursorError>((await _history.SearchAsync(_ann, HistoryFilter.All, cursor[..^9], 10)).Error);
        Assert.IsType<InvalidCursorError>((await _history.SearchAsync(_ann, HistoryFilter.All, cursor + "AAAA", 10)).Error);
    }

    [Fact]
    public async Task Search_FilterThatCannotBe_IsRefusedNextToItsField()
    {
        Assert.Equal("max", await FieldAsync(new HistoryFilter { MinAmount = 2, MaxAmount = 1 }));
        Assert.Equal("min", await FieldAsync(new HistoryFilter { MinAmount = -1 }));
        Assert.Equal("to", await FieldAsync(new HistoryFilter { From = _bank.Time.GetUtcNow(), Before = _bank.Time.GetUtcNow() }));
        Assert.Equal("text", await FieldAsync(new HistoryFilter { Text = new string('x', 101) }));
        Assert.Equal("kind", await FieldAsync(new HistoryFilter { Kinds = [(TransferKind)99] }));

        async Task<string?> FieldAsync(HistoryFilter filter) => (await _history.SearchAsync(_ann, filter, null, 10)).Error?.Field;
    }

    [Fact]
    public async Task Search_RareWord_StopsAtTheLimitAndGoesOnFromThere()
    {
        var account = (await OpenAsync(1))[0];
        await _bank.PostAsync(account, 1, "needle");
        await PostManyAsync([account], 4_500);
        var filter = new HistoryFilter { Text = "NEEDLE" };

        var first = await PageAsync(filter, null, 10);
        Assert.Empty(first.Lines);
        Assert.NotNull(first.SearchedTo);
        Assert.InRange(_ledger.Queries.Count, 1, 4);
        Assert.InRange(_ledger.EntriesRead, HistoryService.MaxExamined, HistoryService.MaxExamined * 2);

        var second = await PageAsync(filter, first.Next, 10);
        Assert.True(second.SearchedTo < first.SearchedTo);
        var third = await PageAsync(filter, second.Next, 10);
        Assert.Equal("needle", Assert.Single(third.Lines).Entry.Description);
        Assert.Null(third.SearchedTo);
        Assert.Null(third.Next);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Search_LongHistory_CostsAsMuchAsAShortOne(int accountCount)
    {
        var accounts = await OpenAsync(accountCount);
        await PostManyAsync(accounts, 40 * accountCount);
        var (shortQueries, shortEntries) = await CostAsync();
        await PostManyAsync(accounts, 1_000 * accountCount);
        var (longQueries, longEntries) = await CostAsync();

        Assert.Equal(accountCount, shortQueries);
        Assert.Equal(shortQueries, longQueries);
        Assert.Equal(shortEntries, longEntries);

        async Task<(int Queries, int Entries)> CostAsync()
        {
            _ledger.Reset();
            await PageAsync(HistoryFilter.All, null, 25);
            return (_ledger.Queries.Count, _ledger.EntriesRead);
        }
    }

    [Fact]
    public async Task Export_WithFilter_GivesAllThatPassesInOrder()
    {
        var accounts = await OpenAsync(3);
        await PostManyAsync(accounts, 2_500);

        var lines = (await _history.ExportAsync(_ann, new HistoryFilter { MinAmount = 5, OldestFirst = true })).Value;

        var all = new List<HistoryLine>();
        await foreach (var line in lines)
        {
            all.Add(line);
        }

        Assert.Equal(all.OrderBy(Key).Select(Key), all.Select(Key));
        Assert.Equal(_bank.Store.Entries.Count(e => e.Sequence > 0 && e.Amount.Amount >= 5), all.Count);
    }

    [Fact]
    public async Task Find_OneTransaction_ShowsEachPartyTheirSideOnly()
    {
        var account = (await OpenAsync(1))[0];
        await _bank.PostAsync(account, 50);
        var bob = _bank.Customer("bob", "Bob Jones");
        var bobs = await _bank.OpenAsync(bob);
        var review = (
            await _bank.Transfers.ReviewAsync(
                _ann,
                new TransferRequest(
                    "k",
                    account.Id,
                    new TransferTarget.Someone(bobs.Number.Digits, "Bob Jones"),
                    Money.Of(20, account.Currency),
                    "Lunch"
                )
            )
        ).Value;
        var transfer = (await _bank.Transfers.SendAsync(_ann, review, false)).Value;

        var annSees = (await _history.FindAsync(_ann, transfer.Id)).Value;
        var bobSees = (await _history.FindAsync(bob, transfer.Id)).Value;

        Assert.Equal(Money.Of(30, account.Currency), annSees.Debit?.Entry?.BalanceAfter);
        Assert.Null(annSees.Credit);
        Assert.Equal(Money.Of(20, account.Currency), bobSees.Credit?.Entry?.BalanceAfter);
        Assert.Null(bobSees.Debit);
        Assert.IsType<NotFoundError>((await _history.FindAsync(_bank.Customer("eve", "Eve"), transfer.Id)).Error);
        Assert.IsType<NotFoundError>((await _history.FindAsync(_ann, "../../etc")).Error);
        Assert.IsType<NotFoundError>((await _history.FindAsync(_ann, DerivedId.Random())).Error);
    }

    private static (DateTimeOffset At, string Account, long Sequence) Key(HistoryLine line) =>
        (line.Entry.PostedAt, line.Account.Id, line.Entry.Sequence);

    private async Task<List<Account>> OpenAsync(int count)
    {
        var accounts = new List<Account>();
        for (var i = 0; i < count; i++)
        {
            accounts.Add(await _bank.OpenAsync(_ann));
        }

        // An overdraft, so that a scene may start with spending.
        var open = new List<Account>();
        foreach (var account in accounts)
        {
            open.Add(await _bank.ChangeAsync(account, a => a with { Overdraft = Money.Of(1_000_000, a.Currency) }));
        }

        return open;
    }

    private async Task PostManyAsync(List<Account> accounts, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _bank.Time.Advance(TimeSpan.FromSeconds(i % 3));
            await _bank.PostAsync(accounts[i * 7 % accounts.Count], 1 + (i % 9), "Entry");
        }
    }

    private async Task<HistoryPage> PageAsync(HistoryFilter filter, string? cursor, int size) =>
        (await _history.SearchAsync(_ann, filter, cursor, size)).Value;

    private async Task<(List<HistoryLine> Lines, int Pages)> WalkAsync(HistoryFilter filter, int size)
    {
        var lines = new List<HistoryLine>();
        var pages = 0;
        string? cursor = null;
        do
        {
            var page = await PageAsync(filter, cursor, size);
            lines.AddRange(page.Lines);
            cursor = page.Next;
            pages++;
        }
        while (cursor is not null);

        return (lines, pages);
    }

    private async Task ExpectAsync(HistoryFilter filter, params string[] descriptions) =>
        Assert.Equal(descriptions, (await PageAsync(filter, null, 10)).Lines.Select(l => l.Entry.Description));
}
