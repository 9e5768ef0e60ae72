namespace BankPortal.Tests.Analytics;

[UnitTest]
public sealed class AccountDayServiceTests
{
    private static readonly DateOnly Always = new(2000, 1, 1);

    private readonly InMemoryBank _bank = new(new LedgerOptions { TimeZone = "America/New_York" });
    private readonly InMemoryAccountDays _store = new();
    private readonly CountingLedger _ledger;
    private readonly AccountDayService _days;
    private readonly Actor _ann;

    public AccountDayServiceTests()
    {
        _ledger = new CountingLedger(_bank.Store);
        _days = Service();
        _ann = _bank.Customer("ann", "Ann Smith");
    }

    [Fact]
    public async Task Read_AccountWithoutEntries_HasNoDaysAndReadsNothing()
    {
        var account = await _bank.OpenAsync(_ann);

        var days = await _days.ReadAsync(account, Always);

        Assert.Empty(days.Days);
        Assert.True(days.Opening.IsZero);
        Assert.Empty(_ledger.Queries);
        Assert.Equal(0, _store.Reads);
    }

    [Fact]
    public async Task Read_DaysWithAndWithoutEntries_SumsUpByTheBanksCalendar()
    {
        var account = await _bank.OpenAsync(_ann);

        // 04:59 UTC on the 3rd is still the 2nd in New York, 05:00 is the 3rd.
        await PostAtAsync(account, 100, TransferKind.Salary, "2026-03-03T04:59:59Z");
        await PostAtAsync(account, -30, TransferKind.Purchase, "2026-03-03T05:00:00Z");
        await PostAtAsync(account, -20, TransferKind.Purchase, "2026-03-03T20:00:00Z");
        await PostAtAsync(account, -5, TransferKind.Fee, "2026-03-06T12:00:00Z");

        var days = await ReadAsync(account);

        Assert.Equal([new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 3), new DateOnly(2026, 3, 6)], days.Days.Select(d => d.Day));
        Assert.Equal([100m, 50m, 45m], days.Days.Select(d => d.Closing.Amount));
        Assert.Equal(
            (50m, 2, 5_000L),
            (days.Days[1].Debits.Amount, days.Days[1].DebitCount, days.Days[1].DebitsByKind[TransferKind.Purchase])
        );
        Assert.Equal(500, days.Days[2].DebitsByKind[TransferKind.Fee]);
        Assert.Equal(
            [0m, 100m, 50m, 50m, 50m, 45m, 45m],
            (days with { From = new DateOnly(2026, 3, 1) })
                .ClosingsOf(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 7))
                .Select(m => m.Amount)
        );
    }

    [Fact]
    public async Task Read_FewNewEntries_SumsThemUpWithoutWriting()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostDailyAsync(account, 60);
        await ReadAsync(account);
        var writes = _store.Writes.Count;
        _ledger.Reset();
        await PostDailyAsync(account, AccountDayService.MaxUnwritten);

        var days = await ReadAsync(account);

        Assert.Equal(writes, _store.Writes.Count);
        Assert.Equal(85, days.Days.Length);
        Assert.Equal(AccountDayService.MaxUnwritten, _ledger.EntriesRead);
    }

    [Fact]
    public async Task Read_ManyNewEntries_WritesThemBackOnce()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostManyAsync(account, AccountDayService.MaxUnwritten + 1);

        await ReadAsync(account);
        Assert.Single(_store.Writes);
        _ledger.Reset();
        await ReadAsync(account);

        Assert.Single(_store.Writes);
        Assert.Empty(_ledger.Queries);
    }

    [Fact]
    public async Task Read_YearsOfHistory_WritesBackInSteps()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostDailyAsync(account, 400);

        var days = await ReadAsync(account);

        Assert.Equal(17, _store.Writes.Count);
        Assert.Equal(400, days.Days.Length);
        Assert.Equal(days.Days, _store.AllOf(account.Id));
    }

    [Fact]
    public async Task Read_InManySmallSteps_GivesTheSameDaysAsInOne()
    {
        var account = await _bank.OpenAsync(_ann);
        for (var i = 0; i < 40; i++)
        {
            await PostManyAsync(account, i % 9);
            await ReadAsync(account);
        }

        var stepwise = await ReadAsync(account);
        var atOnce = await new AccountDayService(
            new InMemoryAccountDays(),
            _bank.Store,
            _bank.Rules,
            NullLogger<AccountDayService>.Instance
        ).ReadAsync(await _bank.FindAsync(account), Always);

        Assert.True(_store.Writes.Count > 2);
        Assert.Equal(atOnce.Days, stepwise.Days);
    }

    [Fact]
    public async Task Read_AnotherReaderIsFaster_KeepsWhatThatOneWrote()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostDailyAsync(account, 50);
        var other = Service();
        _store.BeforeNextWrite = async () =>
        {
            await PostDailyAsync(account, 40);
            await other.ReadAsync(await _bank.FindAsync(account), Always);
        };

        var mine = await ReadAsync(account);

        Assert.Equal(50, mine.Days.Length);
        Assert.Equal(90, _store.AllOf(account.Id).Length);
        Assert.True(DaySums.AreUnbroken(_store.AllOf(account.Id)));
        Assert.Equal(90, (await ReadAsync(account)).Days.Length);
    }

    [Fact]
    public async Task Read_WriteFails_StillGivesTheDays()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostDailyAsync(account, 50);
        _store.NextWriteFails = new LedgerUnavailableException();

        Assert.Equal(50, (await ReadAsync(account)).Days.Length);
        Assert.Empty(_store.AllOf(account.Id));
        Assert.Equal(50, (await ReadAsync(account)).Days.Length);
        Assert.Equal(50, _store.AllOf(account.Id).Length);
    }

    [Fact]
    public async Task Read_StretchBehindTheLastEntry_OpensWithTheLastBalance()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostDailyAsync(account, 50);
        await ReadAsync(account);

        var days = await _days.ReadAsync(await _bank.FindAsync(account), new DateOnly(2030, 1, 1));

        Assert.Empty(days.Days);
        Assert.Equal(Money.Of(50, account.Currency), days.Opening);
    }

    [Fact]
    public async Task Read_StoredDayIsLost_MendsItself()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostDailyAsync(account, 50);
        var right = await ReadAsync(account);
        _store.Lose(account.Id, right.Days[20].Day);

        Assert.Equal(right.Days, (await ReadAsync(account)).Days);
        Assert.Equal(right.Days, _store.AllOf(account.Id));
    }

    [Fact]
    public async Task Rebuild_NothingWrong_ChangesNothing()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostDailyAsync(account, 300);
        await ReadAsync(account);
        var before = _store.AllOf(account.Id);
        var writes = _store.Writes.Count;

        Assert.Equal(0, await _days.RebuildAsync(account.Id));
        Assert.Equal(before, _store.AllOf(account.Id));
        Assert.Equal(writes, _store.Writes.Count);
    }

    [Fact]
    public async Task Rebuild_WrongMissingAndFalseDays_GivesIdenticalDays()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostDailyAsync(account, 300);
        await ReadAsync(account);
        var right = _store.AllOf(account.Id);
        for (var i = 0; i < 200; i++)
        {
            _store.Put(right[i] with { Closing = Money.Of(i, account.Currency) });
        }

        _store.Lose(account.Id, right[210].Day);
        _store.Put(right[0] with { Day = right[0].Day.AddDays(-3) });

        Assert.Equal(202, await _days.RebuildAsync(account.Id));
        Assert.Equal(right, _store.AllOf(account.Id));
    }

    [Fact]
    public async Task Rebuild_NothingStored_SumsUpAll()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostDailyAsync(account, 300);

        await _days.RebuildAsync(account.Id);

        Assert.Equal(300, _store.AllOf(account.Id).Length);
        Assert.Equal(_store.AllOf(account.Id), (await ReadAsync(account)).Days);
    }

    [Fact]
    public async Task Read_LongHistory_CostsNoMoreThanAShortOne()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostDailyAsync(account, 30);
        await ReadAsync(account);
        var few = await CostAsync();
        await PostManyAsync(account, 3_000);
        await ReadAsync(account);
        var many = await CostAsync();

        Assert.Equal((1, 1), few);
        Assert.Equal(few, many);

        async Task<(int Queries, int Reads)> CostAsync()
        {
            _ledger.Reset();
            var reads = _store.Reads;
            await PostManyAsync(account, 5);
            await ReadAsync(account);
            Assert.InRange(_ledger.EntriesRead, 5, AccountDayService.MaxUnwritten);
            return (_ledger.Queries.Count, _store.Reads - reads);
        }
    }

    private AccountDayService Service() => new(_store, _ledger, _bank.Rules, NullLogger<AccountDayService>.Instance);

    private async Task<AccountDays> ReadAsync(Account account) => await _days.ReadAsync(await _bank.FindAsync(account), Always);

    private Task<Transfer> PostAtAsync(Account account, decimal amount, TransferKind kind, string at) =>
        _bank.PostAsync(account, amount, "", kind, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));

    private async Task PostDailyAsync(Account account, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _bank.Time.Advance(TimeSpan.FromDays(1));
            await _bank.PostAsync(account, 1);
        }
    }

    private async Task PostManyAsync(Account account, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _bank.Time.Advance(TimeSpan.FromMinutes(i * 37 % 400));
            await _bank.PostAsync(account, 1 + (i % 5), "", i % 2 == 0 ? TransferKind.Salary : TransferKind.Deposit);
        }
    }
}
