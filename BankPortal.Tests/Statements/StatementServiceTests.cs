using System.Security.Cryptography;
using BankPortal.Core.Statements;

namespace BankPortal.Tests.Statements;

/// <summary>What is in a statement, compared with a naive reading of all entries, and what makes it final.</summary>
[UnitTest]
public sealed class StatementServiceTests : IDisposable
{
    private static readonly StatementPeriod October = StatementPeriod.Month(2026, 10);

    private readonly InMemoryBank _bank = new(
        new LedgerOptions { TimeZone = "America/New_York" }, time: new ManualTime(Utc(2026, 9, 1, 12)));
    private readonly InMemoryDocuments _documents = new();
    private readonly InMemoryAccountDays _days = new();
    private readonly Actor _ann;
    private readonly StatementService _statements;

    public StatementServiceTests()
    {
        _ann = _bank.Customer("ann", "Ann Archer");
        _statements = NewService();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _statements.Dispose();

    [Fact]
    public async Task Read_AMonth_HoldsExactlyTheBanksDaysOfIt()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostAsync(account, 1_000, Utc(2026, 10, 1, 3, 59, 59)); // 30 September in New York
        await PostAsync(account, -20, Utc(2026, 10, 1, 4)); // the first moment of October
        await PostAsync(account, -30, Utc(2026, 10, 15, 12));
        await PostAsync(account, 7, Utc(2026, 11, 1, 3, 59, 59)); // the last second of October
        await PostAsync(account, -99, Utc(2026, 11, 1, 4)); // November; the clocks change later that day
        GoTo(2026, 11, 20);

        var statement = await ReadAsync(account, October);

        Assert.Equal([-20m, -30m, 7m], statement.Movements.Select(movement => movement.Amount.Amount));
        Assert.Equal((1_000m, 957m), (statement.Opening.Amount, statement.Closing.Amount));
        Assert.Equal((7m, 50m, 1, 2), (statement.TotalIn.Amount, statement.TotalOut.Amount, statement.CountIn, statement.CountOut));
        Assert.Equal(new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.FromHours(-4)), statement.Start);
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(-4)), statement.End);
        Assert.Equal(new DateOnly(2026, 10, 31), statement.Movements[^1].Day);
        Assert.Equal("Ann Archer", statement.Holder);
    }

    [Theory]
    [InlineData("2026-09")]
    [InlineData("2026-10")]
    [InlineData("2026-11")]
    [InlineData("2026-Q3")]
    [InlineData("2026-Q4")]
    [InlineData("2026")]
    [InlineData("2026-10-31_2026-11-02")]
    public async Task Read_AnyPeriod_EqualsANaiveReadingOfAllEntries(string name)
    {
        var account = await _bank.OpenAsync(_ann);
        var random = new Random(7);
        var at = Utc(2026, 9, 1, 12);
        for (var i = 0; i < 300; i++)
        {
            at = at.AddMinutes(random.Next(1, 900));
            var kind = i % 11 == 0 ? TransferKind.Interest : i % 13 == 0 ? TransferKind.Fee : TransferKind.Payment;
            await PostAsync(account, kind == TransferKind.Fee ? -1 : (random.Next(1, 5_000) / 100m) + (i % 2), at, kind: kind);
        }

        _bank.Time.SetUtcNow(new DateTimeOffset(2027, 2, 1, 12, 0, 0, TimeSpan.Zero));
        Assert.True(StatementPeriod.TryParse(name, out var period));
        var statement = await ReadAsync(account, period);

        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        var all = await _bank.Store.ReadEntriesAsync(new EntryQuery(account.Id, 10_000, NewestFirst: false), Ct);
        var mine = all.Where(entry =>
            DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(entry.PostedAt, zone).DateTime) is var day
            && day >= period.From && day <= period.To).ToList();
        var before = all.TakeWhile(entry => entry.Sequence < (mine.Count > 0 ? mine[0].Sequence : long.MaxValue)).Sum(Cents);
        Assert.Equal(mine.Select(entry => (entry.TransferId, entry.Sequence)), statement.Movements.Select(m => (m.TransferId, m.Sequence)));
        Assert.Equal(before, statement.Opening.MinorUnits);
        Assert.Equal(before + mine.Sum(Cents), statement.Closing.MinorUnits);
        Assert.Equal(mine.Where(entry => entry.Amount.IsPositive).Sum(Cents), statement.TotalIn.MinorUnits);
        Assert.Equal(-mine.Where(entry => entry.Amount.IsNegative).Sum(Cents), statement.TotalOut.MinorUnits);
        Assert.Equal(mine.Where(entry => entry.Kind == TransferKind.Interest).Sum(Cents), statement.Interest.MinorUnits);
        Assert.Equal(-mine.Where(entry => entry.Kind == TransferKind.Fee).Sum(Cents), statement.Fees.MinorUnits);

        static long Cents(Entry entry) => entry.Amount.MinorUnits;
    }

    [Fact]
    public async Task Read_StatementsOfConsecutiveMonths_JoinWithoutAGap()
    {
        var account = await _bank.OpenAsync(_ann);
        for (var i = 0; i < 60; i++)
        {
            await PostAsync(account, 10 + i, Utc(2026, 9, 1, 12).AddHours(31 * i));
        }

        GoTo(2027, 1, 5);
        var months = new List<Statement>();
        for (var month = 9; month <= 12; month++)
        {
            months.Add(await ReadAsync(account, StatementPeriod.Month(2026, month)));
        }

        Assert.All(months.Zip(months.Skip(1)), pair => Assert.Equal(pair.First.Closing, pair.Second.Opening));
        Assert.Equal(Enumerable.Range(1, 60).Select(n => (long)n), months.SelectMany(m => m.Movements).Select(m => m.Sequence));
        Assert.Equal((await _bank.FindAsync(account)).Balance, months[^1].Closing);
    }

    [Fact]
    public async Task Read_NothingInThePeriod_HasTheBalanceAndNoMovements()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostAsync(account, 50, Utc(2026, 9, 10, 12));
        GoTo(2026, 11, 20);

        var statement = await ReadAsync(account, October);

        Assert.Empty(statement.Movements);
        Assert.Equal((50m, 50m), (statement.Opening.Amount, statement.Closing.Amount));
    }

    [Fact]
    public async Task Read_TwoEqualMovementsOfADay_StayTwo()
    {
        var account = await _bank.OpenAsync(_ann, 100);
        await PostAsync(account, -4.5m, Utc(2026, 10, 5, 12), "Coffee", TransferKind.Purchase);
        await PostAsync(account, -4.5m, Utc(2026, 10, 5, 12), "Coffee", TransferKind.Purchase);
        GoTo(2026, 11, 20);

        var statement = await ReadAsync(account, October);

        Assert.Equal(2, statement.Movements.Select(movement => movement.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Read_BothSidesOfAnOwnTransfer_HaveTheirOwnIds()
    {
        var checking = await _bank.OpenAsync(_ann, 100);
        var savings = await _bank.OpenAsync(_ann, type: AccountType.Savings);
        await _bank.Ledger.ExecuteAsync(Orders.Transfer(checking, savings, 40, _bank.NextKey()), Ct);
        GoTo(2026, 11, 20);

        var september = StatementPeriod.Month(2026, 9);
        var debit = (await ReadAsync(checking, september)).Movements[^1];
        var credit = (await ReadAsync(savings, september)).Movements[^1];

        Assert.Equal(debit.TransferId, credit.TransferId);
        Assert.NotEqual(debit.Id, credit.Id);
        Assert.True(debit.IsOwn);
    }

    [Theory, MemberData(nameof(SampleStatements.Formats), MemberType = typeof(SampleStatements))]
    public async Task Export_AFinalPeriodAgainAndAgain_GivesTheSameBytes(StatementFormat format)
    {
        var account = await _bank.OpenAsync(_ann, nickname: "Old name");
        await PostAsync(account, 100, Utc(2026, 10, 5, 12), "Rent");
        GoTo(2026, 11, 20);
        var first = await ExportAsync(account, October, format);

        // Later: another name, another owner's name, another letterhead, another node, a correction.
        await _bank.Accounts.RenameAsync(_ann, account.Id, "New name", Ct);
        _bank.Directory.Names["ann"] = "Ann Married";
        await PostAsync(account, -100, Utc(2026, 11, 21, 12), "Correction", TransferKind.Adjustment);
        GoTo(2027, 5, 5);
        using var other = NewService(new StatementOptions { BankName = "Another Bank" });
        var again = await other.ExportAsync(_ann, account.Id, October, format, Ct);

        Assert.True(first.IsKept);
        Assert.Equal(first.Content.ToArray(), again.Value.Content.ToArray());
        Assert.Equal(SHA256.HashData(first.Content.Span), again.Value.Hash.ToArray());

        // Another format that is made for the first time only now says the same as the first one.
        var statement = (await other.ReadAsync(_ann, account.Id, October, Ct)).Value;
        Assert.Equal(("Old name", "Ann Archer", "BankPortal"), (statement.AccountName, statement.Holder, statement.Bank.Name));
        Assert.Single(statement.Movements);
    }

    [Fact]
    public async Task Read_ACorrectionLater_IsInTheLaterStatement()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostAsync(account, 100, Utc(2026, 10, 5, 12));
        GoTo(2026, 11, 20);
        var october = await ReadAsync(account, October);
        await PostAsync(account, -100, Utc(2026, 11, 21, 12), "Correction", TransferKind.Adjustment);
        GoTo(2026, 12, 20);

        var november = await ReadAsync(account, StatementPeriod.Month(2026, 11));

        Assert.Equal(october.Closing, (await ReadAsync(account, October)).Closing);
        Assert.Equal("Correction", Assert.Single(november.Movements).Description);
        Assert.Equal(october.Closing, november.Opening);
    }

    [Theory]
    [InlineData(11, 1, 4, 9, false)] // ten minutes past midnight in New York are not over
    [InlineData(11, 1, 4, 10, true)]
    [InlineData(10, 31, 23, 0, false)]
    public async Task Read_UntilItsLastDayIsOver_IsProvisionalAndNotKept(int month, int day, int hour, int minute, bool final)
    {
        var account = await _bank.OpenAsync(_ann);
        await PostAsync(account, 100, Utc(2026, 10, 5, 12));
        _bank.Time.SetUtcNow(Utc(2026, month, day, hour, minute));

        var statement = await ReadAsync(account, October);
        var file = await ExportAsync(account, October, StatementFormat.Csv);

        Assert.Equal(!final, statement.IsProvisional);
        Assert.Equal(final, file.IsKept);
        Assert.Equal(final ? 2 : 0, _documents.Keys.Count);
        Assert.Equal(!final, file.Name.Contains("provisional", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_TheCurrentMonth_GrowsWithTheLedger()
    {
        var account = await _bank.OpenAsync(_ann);
        _bank.Time.SetUtcNow(Utc(2026, 10, 5, 12));
        await PostAsync(account, 100);
        Assert.Single((await ReadAsync(account, October)).Movements);
        await PostAsync(account, 50);

        Assert.Equal(2, (await ReadAsync(account, October)).Movements.Length);
    }

    [Theory]
    [InlineData("2026-10-20_2026-10-10", "to", "The last day is before the first day.")]
    [InlineData("2026-11-21_2026-11-25", "from", "This day is still to come.")]
    [InlineData("2026-11-10_2026-11-25", "to", "This day is still to come.")]
    [InlineData("2026-12", "from", "This day is still to come.")]
    [InlineData("2026-08", "to", "The account was opened on 1 Sep 2026.")]
    [InlineData("2026-08-15_2026-09-15", "from", "The account was opened on 1 Sep 2026.")]
    public async Task Read_APeriodThatIsNotPossible_SaysSoForItsField(string name, string field, string sentence)
    {
        var account = await _bank.OpenAsync(_ann);
        GoTo(2026, 11, 20);
        Assert.True(StatementPeriod.TryParse(name, out var period));

        var refusal = (await _statements.ReadAsync(_ann, account.Id, period, Ct)).Error;
        var file = (await _statements.ExportAsync(_ann, account.Id, period, StatementFormat.Pdf, Ct)).Error;

        Assert.Equal(field, refusal?.Field);
        Assert.StartsWith(sentence, refusal?.Message, StringComparison.Ordinal);
        Assert.Equal(refusal, file);
        Assert.Empty(_documents.Keys);
    }

    [Fact]
    public async Task Read_MoreThanALeapYear_IsRefused()
    {
        var account = await _bank.OpenAsync(_ann);
        GoTo(2028, 11, 20);

        var most = new StatementPeriod(new DateOnly(2027, 9, 2), new DateOnly(2028, 9, 1));
        Assert.Equal(366, most.Days);
        Assert.True((await _statements.ReadAsync(_ann, account.Id, most, Ct)).IsSuccess);
        var refusal = (await _statements.ReadAsync(_ann, account.Id, most with { To = most.To.AddDays(1) }, Ct)).Error;

        Assert.Equal("to", refusal?.Field);
        Assert.Contains("366 days at most; this is 367", refusal?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AClosedAccount_HasStatementsUntilItWasClosed()
    {
        var account = await _bank.OpenAsync(_ann);
        _bank.Time.SetUtcNow(Utc(2026, 10, 10, 12));
        await _bank.Accounts.CloseAsync(_ann, account.Id, Ct);
        GoTo(2026, 12, 20);

        Assert.True((await _statements.ReadAsync(_ann, account.Id, October, Ct)).IsSuccess);
        var refusal = (await _statements.ReadAsync(_ann, account.Id, StatementPeriod.Month(2026, 11), Ct)).Error;

        Assert.Equal("The account was closed on 10 Oct 2026. Choose that day or an earlier one.", refusal?.Message);
    }

    [Fact]
    public async Task Read_EntriesFromBeforeTheAccountWasOpenedHere_HaveStatements()
    {
        // An import brings them.
        var account = await _bank.OpenAsync(_ann);
        await PostAsync(account, 100, Utc(2026, 3, 5, 12));
        GoTo(2026, 11, 20);

        var statement = await ReadAsync(account, StatementPeriod.Month(2026, 3));
        var choice = (await _statements.ChooseAsync(_ann, Ct)).Value;

        Assert.Single(statement.Movements);
        Assert.Equal(new DateOnly(2026, 3, 5), choice.Accounts.Single().First);
    }

    [Fact]
    public async Task Read_TheAccountOfSomebodyElse_IsNotFound()
    {
        var account = await _bank.OpenAsync(_ann, 100);
        GoTo(2026, 11, 20);
        await ExportAsync(account, October, StatementFormat.Pdf);
        Actor[] others = [_bank.Customer("ben", "Ben Baker"), StaffOf(BankRoles.Analyst), StaffOf(BankRoles.Admin), Actor.System];

        foreach (var other in others)
        {
            Assert.Equal(new NotFoundError("account"), (await _statements.ReadAsync(other, account.Id, October, Ct)).Error);
            Assert.Equal(
                new NotFoundError("account"),
                (await _statements.ExportAsync(other, account.Id, October, StatementFormat.Pdf, Ct)).Error);
        }

        Assert.Empty((await _statements.ChooseAsync(others[0], Ct)).Value.Accounts);
        Assert.IsType<NotAllowedError>((await _statements.ChooseAsync(others[1], Ct)).Error);

        Actor StaffOf(string role) => Actor.Customer("ann") with { Roles = ImmutableHashSet.Create(role) };
    }

    [Fact]
    public async Task Read_AnEntryIsMissing_IsAFault()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostAsync(account, 100, Utc(2026, 10, 5, 12));
        await PostAsync(account, 100, Utc(2026, 10, 6, 12));
        await PostAsync(account, 100, Utc(2026, 10, 7, 12));
        using var statements = NewService(ledger: new Losing(_bank.Store, 2));
        GoTo(2026, 11, 20);

        await Assert.ThrowsAsync<InvalidDataException>(() => statements.ReadAsync(_ann, account.Id, October, Ct));
        Assert.Empty(_documents.Keys);
    }

    [Fact]
    public async Task Read_TwoNodesAtOnce_KeepOneStatement()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostAsync(account, 100, Utc(2026, 10, 5, 12));
        GoTo(2026, 11, 20);

        var files = await Task.WhenAll(Enumerable.Range(0, 8).Select(async node =>
        {
            using var service = NewService(new StatementOptions { BankName = "Node " + node.ToString(CultureInfo.InvariantCulture) });
            return (await service.ExportAsync(_ann, account.Id, October, StatementFormat.Camt053, Ct)).Value;
        }));

        Assert.Single(files.Select(file => Convert.ToHexString(file.Hash.Span)).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Export_MoreMovementsThanTheFormatTakes_SaysSo()
    {
        var account = await _bank.OpenAsync(_ann);
        for (var i = 0; i < 3; i++)
        {
            await PostAsync(account, 1, Utc(2026, 10, 5, 12));
        }

        GoTo(2026, 11, 20);
        using var statements = NewService(writer: new Small());

        var refusal = (await statements.ExportAsync(_ann, account.Id, October, StatementFormat.Pdf, Ct)).Error;

        Assert.Equal("A PDF file has 2 movements at most, and this period has more. Choose fewer days.", refusal?.Message);
        Assert.Equal("to", refusal?.Field);
    }

    [Theory]
    [InlineData("2026-09")]
    [InlineData("2026-10")]
    [InlineData("2026-Q4")]
    [InlineData("2026")]
    [InlineData("2026-10-31_2026-11-02")]
    public async Task Sum_AnyPeriod_EqualsTheSumsOfTheStatement(string name)
    {
        var account = await _bank.OpenAsync(_ann);
        var random = new Random(11);
        var at = Utc(2026, 9, 1, 12);
        for (var i = 0; i < 200; i++)
        {
            at = at.AddMinutes(random.Next(1, 1_200));
            var kind = i % 11 == 0 ? TransferKind.Interest : i % 13 == 0 ? TransferKind.Fee : TransferKind.Payment;
            await PostAsync(account, kind == TransferKind.Fee ? -1 : random.Next(1, 5_000) / 100m, at, kind: kind);
        }

        _bank.Time.SetUtcNow(new DateTimeOffset(2027, 2, 1, 12, 0, 0, TimeSpan.Zero));
        Assert.True(StatementPeriod.TryParse(name, out var period));
        var statement = await ReadAsync(account, period);

        var sums = (await _statements.SumAsync(_ann, account.Id, period, Ct)).Value;

        Assert.Equal(
            (statement.Opening, statement.Closing, statement.TotalIn, statement.TotalOut, statement.Interest, statement.Fees),
            (sums.Opening, sums.Closing, sums.TotalIn, sums.TotalOut, sums.Interest, sums.Fees));
        Assert.Equal((statement.CountIn, statement.CountOut), (sums.CountIn, sums.CountOut));
    }

    [Fact]
    public async Task ReadFirst_MoreMovementsThanShown_HasTheSumsOfAllAndIsNotKept()
    {
        var account = await _bank.OpenAsync(_ann);
        for (var i = 0; i < 6; i++)
        {
            await PostAsync(account, 10 + i, Utc(2026, 10, 2 + i, 12));
        }

        GoTo(2026, 11, 20);

        var first = (await _statements.ReadFirstAsync(_ann, account.Id, October, 4, Ct)).Value;

        Assert.Equal([10m, 11m, 12m, 13m], first.Movements.Select(movement => movement.Amount.Amount));
        Assert.Equal((6, 75m, 75m), (first.CountIn, first.TotalIn.Amount, first.Closing.Amount));
        Assert.False(first.IsProvisional);
        Assert.Null(await _documents.FindAsync(new Core.Common.Documents.DocumentKey(Statement.IdOf(account.Id, October), "data"), Ct));
        Assert.Equal(
            (await ReadAsync(account, October)).Movements,
            (await _statements.ReadFirstAsync(_ann, account.Id, October, 6, Ct)).Value.Movements);
    }

    [Fact]
    public async Task Sum_OfSomebodyElseOrOfAnImpossiblePeriod_IsRefused()
    {
        var account = await _bank.OpenAsync(_ann);

        Assert.IsType<NotFoundError>((await _statements.SumAsync(_bank.Customer("bob", "Bob"), account.Id, October, Ct)).Error);
        Assert.IsType<NotFoundError>((await _statements.ReadFirstAsync(_bank.Customer("bob", "Bob"), account.Id, October, 5, Ct)).Error);
        Assert.Equal("from", (await _statements.SumAsync(_ann, account.Id, StatementPeriod.Year(2030), Ct)).Error?.Field);
        Assert.Equal("from", (await _statements.ReadFirstAsync(_ann, account.Id, StatementPeriod.Year(2030), 5, Ct)).Error?.Field);
    }

    [Fact]
    public async Task Read_ClosedDaysThatDifferFromTheEntries_IsAFault()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostAsync(account, 10, Utc(2026, 10, 2, 12));
        await PostAsync(account, 20, Utc(2026, 10, 3, 12));
        GoTo(2026, 11, 20);
        await new AccountDayService(_days, _bank.Store, _bank.Rules, NullLogger<AccountDayService>.Instance).CloseAsync(account.Id, Ct);
        _days.Put(_days.AllOf(account.Id)[0] with { CreditCount = 2 });

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(account, October));
    }

    [Fact]
    public async Task Open_LongProvisionalStatement_ReadsAThousandMovementsForEachPiece()
    {
        var (account, period) = await LongNovemberAsync();
        var ledger = new Watched(_bank.Store);
        using var service = NewService(ledger: ledger);
        StatementFormat[] written =
            [StatementFormat.Csv, StatementFormat.Ofx, StatementFormat.Qif, StatementFormat.Camt053, StatementFormat.Mt940];
        foreach (var format in written)
        {
            var whole = (await service.ExportAsync(_ann, account.Id, period, format, Ct)).Value;
            var download = (await service.OpenAsync(_ann, account.Id, period, format, Ct)).Value;
            Assert.Null(download.File);
            Assert.Equal((whole.Name, whole.ContentType), (download.Name, download.ContentType));

            var (before, pieces, bytes) = (ledger.Reads, 0, new List<byte>());
            await foreach (var piece in download.Pieces.WithCancellation(Ct))
            {
                Assert.Equal(before + ++pieces, ledger.Reads);
                bytes.AddRange(piece.Span);
            }

            Assert.Equal(3, pieces);
            Assert.True(whole.Content.Span.SequenceEqual(bytes.ToArray()), format.ToString());
        }
    }

    [Fact]
    public async Task Open_PostedMeanwhile_IsTheStatementOfItsBeginning()
    {
        var (account, period) = await LongNovemberAsync();
        var whole = (await _statements.ExportAsync(_ann, account.Id, period, StatementFormat.Csv, Ct)).Value;
        var download = (await _statements.OpenAsync(_ann, account.Id, period, StatementFormat.Csv, Ct)).Value;
        await PostAsync(account, 1);

        var bytes = new List<byte>();
        await foreach (var piece in download.Pieces.WithCancellation(Ct))
        {
            bytes.AddRange(piece.Span);
        }

        Assert.True(whole.Content.Span.SequenceEqual(bytes.ToArray()));
    }

    [Fact]
    public async Task Open_AnEntryIsMissing_FailsBeforeTheEnd()
    {
        var (account, period) = await LongNovemberAsync();
        var ledger = new Watched(_bank.Store);
        using var service = NewService(ledger: ledger);
        var download = (await service.OpenAsync(_ann, account.Id, period, StatementFormat.Mt940, Ct)).Value;
        ledger.Lost = 1_500;

        var bytes = new List<byte>();
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var piece in download.Pieces.WithCancellation(Ct))
            {
                bytes.AddRange(piece.Span);
            }
        });

        Assert.NotEmpty(bytes);

        // Without the fields of the closing balance; an account number may begin with the same digits.
        Assert.DoesNotContain("\n:62", System.Text.Encoding.ASCII.GetString(bytes.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ShortOrFinalStatementOrPdf_IsThereInFull()
    {
        var account = await _bank.OpenAsync(_ann);
        await PostAsync(account, 100, Utc(2026, 10, 2, 12));
        GoTo(2026, 11, 20);

        foreach (var (period, format) in new[] { ("2026-10", StatementFormat.Csv), ("2026-11", StatementFormat.Csv), ("2026-11", StatementFormat.Pdf) })
        {
            Assert.True(StatementPeriod.TryParse(period, out var days));
            Assert.NotNull((await _statements.OpenAsync(_ann, account.Id, days, format, Ct)).Value.File);
        }

        var other = _bank.Customer("bob", "Bob Bell");
        Assert.IsType<NotFoundError>((await _statements.OpenAsync(other, account.Id, October, StatementFormat.Csv, Ct)).Error);
    }

    private async Task<(Account Account, StatementPeriod Period)> LongNovemberAsync()
    {
        var account = await _bank.OpenAsync(_ann);
        for (var i = 0; i < 2_500; i++)
        {
            var kind = i % 11 == 0 ? TransferKind.Interest : TransferKind.Payment;
            await PostAsync(account, 1 + (i % 7), Utc(2026, 11, 1, 12).AddMinutes(i * 5), kind: kind);
        }

        GoTo(2026, 11, 20);
        return (account, StatementPeriod.Month(2026, 11));
    }

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute = 0, int second = 0) =>
        new(year, month, day, hour, minute, second, TimeSpan.Zero);

    private void GoTo(int year, int month, int day) => _bank.Time.SetUtcNow(Utc(year, month, day, 12));

    private Task<Transfer> PostAsync(
        Account account,
        decimal amount,
        DateTimeOffset? at = null,
        string description = "",
        TransferKind kind = TransferKind.Payment) =>
        _bank.PostAsync(account, amount, description, kind, at);

    private async Task<Statement> ReadAsync(Account account, StatementPeriod period) =>
        (await _statements.ReadAsync(_ann, account.Id, period, Ct)).Value;

    private async Task<StatementFile> ExportAsync(Account account, StatementPeriod period, StatementFormat format) =>
        (await _statements.ExportAsync(_ann, account.Id, period, format, Ct)).Value;

    private StatementService NewService(StatementOptions? options = null, ILedgerStore? ledger = null, IStatementWriter? writer = null) =>
        new(
            _bank.Accounts,
            ledger ?? _bank.Store,
            new AccountDayService(_days, ledger ?? _bank.Store, _bank.Rules, NullLogger<AccountDayService>.Instance),
            _bank.Directory,
            _documents,
            writer is null ? SampleStatements.Writers : [writer],
            _bank.Rules,
            _bank.LedgerOptions,
            options ?? new StatementOptions(),
            _bank.Time);

    private sealed class Small : IStatementWriter
    {
        public StatementFormat Format => StatementFormat.Pdf;

        public string ContentType => "application/pdf";

        public string Extension => "pdf";

        public int MaxMovements => 2;

        public byte[] Write(Statement statement) => [];
    }

    // A ledger that counts what is read, and may lose an entry.
    private sealed class Watched(InMemoryLedger inner) : Losing(inner, 0)
    {
        public int Reads { get; private set; }

        public long Lost { get; set; }

        public override async Task<IReadOnlyList<Entry>> ReadEntriesAsync(EntryQuery query, CancellationToken ct = default)
        {
            Reads++;
            return [.. (await base.ReadEntriesAsync(query, ct)).Where(entry => entry.Sequence != Lost)];
        }
    }

    // A ledger whose reading leaves an entry out.
    private class Losing(InMemoryLedger inner, long sequence) : ILedgerStore
    {
        public Task<LedgerSnapshot> ReadAsync(string transferId, IReadOnlyCollection<string> accountIds, CancellationToken ct = default) =>
            throw new NotSupportedException();

        public Task<GroupSnapshot> ReadManyAsync(
            IReadOnlyCollection<string> transferIds, IReadOnlyCollection<string> accountIds, CancellationToken ct = default) =>
            throw new NotSupportedException();

        public Task<CommitOutcome> CommitAsync(LedgerCommit commit, CancellationToken ct = default) => throw new NotSupportedException();

        public Task<Transfer?> FindTransferAsync(string transferId, CancellationToken ct = default) => throw new NotSupportedException();

        public virtual async Task<IReadOnlyList<Entry>> ReadEntriesAsync(EntryQuery query, CancellationToken ct = default) =>
            [.. (await inner.ReadEntriesAsync(query, ct)).Where(entry => entry.Sequence != sequence)];

        public Task<Entry?> FindEntryAsync(string accountId, EntryPosition position, CancellationToken ct = default) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Transfer>> ListHeldAsync(HeldQuery query, CancellationToken ct = default) =>
            throw new NotSupportedException();
    }
}
