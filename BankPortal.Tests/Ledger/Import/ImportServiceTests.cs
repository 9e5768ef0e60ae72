namespace BankPortal.Tests.Ledger.Import;

[EngineTest]
public sealed class ImportServiceTests
{
    private const int Customers = 4;

    // Two commits for each account.
    private const int Rows = 45;

    [Fact]
    public async Task RunAsync_Twice_GivesTheSameLedgerAndTheSecondFindsEverythingPosted()
    {
        await using var world = await ImportWorld.CreateAsync();
        var plan = ImportWorld.Plan(ManyRows());
        Assert.Equal(Customers * (Rows + 1), plan.StepCount);

        var first = await world.Service.RunAsync(plan);
        var second = await world.Service.RunAsync(plan);

        Assert.Equal((Customers, Customers, plan.StepCount, 0), (first.Customers, first.Accounts, first.Postings, first.AlreadyPosted));
        Assert.Equal(
            (Customers, Customers, plan.StepCount, plan.StepCount),
            (second.Customers, second.Accounts, second.Postings, second.AlreadyPosted)
        );
        Assert.Empty(first.Problems);
        Assert.Empty(second.Problems);
        Assert.Equal(first.AccountIds, second.AccountIds);
        await AssertBooksAsync(world, plan);
    }

    [Fact]
    public async Task RunAsync_Done_KeepsTimesKindsTextsAndOrder()
    {
        await using var world = await ImportWorld.CreateAsync();
        var plan = ImportWorld.Plan(
            PortalCsv.File(
                PortalCsv.Row(
                    ("transaction_id", "T1"),
                    ("kind", "salary"),
                    ("amount", "1000"),
                    ("description", "January"),
                    ("counterparty", "Example Works"),
                    ("balance_after", "1500")
                ),
                PortalCsv.Row(
                    ("transaction_id", "T2"),
                    ("kind", "purchase"),
                    ("amount", "-20.25"),
                    ("description", "Books"),
                    ("counterparty", "Harbour Books"),
                    ("balance_after", "1479.75")
                )
            )
        );

        var outcome = await world.Service.RunAsync(plan);

        var account = (await world.Ledger.AccountStore.FindAsync(Assert.Single(outcome.AccountIds)))!;
        var entries = await world.Ledger.EntriesAsync(account);
        var at = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            [
                (1L, at, 500m, TransferKind.Opening, "Opening balance", "Opening balance"),
                (2L, at, 1000m, TransferKind.Salary, "January", "Example Works"),
                (3L, at, -20.25m, TransferKind.Purchase, "Books", "Harbour Books"),
            ],
            entries.Select(e => (e.Sequence, e.PostedAt, e.Amount.Amount, e.Kind, e.Description, e.Counterparty)));
        Assert.Equal((at, Money.Of(1479.75m, Currency.Usd)), (account.OpenedAt, account.Balance));
    }

    [Fact]
    public async Task RunAsync_BrokenOffAndRunAgain_EndsAsIfNothingHadHappened()
    {
        await using var world = await ImportWorld.CreateAsync();
        var plan = ImportWorld.Plan(ManyRows());
        using var stop = new CancellationTokenSource();
        var seen = 0;
        var progress = new Reported(report =>
        {
            seen = Math.Max(seen, report.Done);
            if (report.Done >= 10)
            {
                stop.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Service.RunAsync(plan, progress, stop.Token));
        Assert.InRange(seen, 10, plan.StepCount - 1);
        var outcome = await world.Service.RunAsync(plan);

        Assert.Empty(outcome.Problems);
        Assert.Equal(plan.StepCount, outcome.Postings);
        Assert.InRange(outcome.AlreadyPosted, 10, plan.StepCount - 1);
        await AssertBooksAsync(world, plan);
    }

    [Fact]
    public async Task RunAsync_TwoAtOnce_EachPostingIsMadeOnce()
    {
        await using var world = await ImportWorld.CreateAsync();
        var plan = ImportWorld.Plan(ManyRows());
        var other = world.NewService(world.Ledger.NewService());

        var outcomes = await Task.WhenAll(world.Service.RunAsync(plan), other.RunAsync(plan));

        Assert.All(outcomes, outcome =>
        {
            Assert.Empty(outcome.Problems);
            Assert.Equal(plan.StepCount, outcome.Postings);
        });
        await AssertBooksAsync(world, plan);
    }

    [Fact]
    public async Task RunAsync_SameFileUnderAnotherName_IsAnotherImport()
    {
        await using var world = await ImportWorld.CreateAsync();
        var text = PortalCsv.File(PortalCsv.Row());

        var first = await world.Service.RunAsync(ImportWorld.Plan(text, "one"));
        var second = await world.Service.RunAsync(ImportWorld.Plan(text, "two"));

        Assert.NotEqual(first.AccountIds, second.AccountIds);
        Assert.Equal(0, second.AlreadyPosted);
    }

    [Fact]
    public async Task RunAsync_CustomerWhoseAddressSomebodyElseHas_IsListedAndTheOthersAreTakenIn()
    {
        await using var world = await ImportWorld.CreateAsync();
        await world.RegisterAsync("ann@example.org");
        var plan = ImportWorld.Plan(PortalCsv.File(
            PortalCsv.Row(("customer_email", "Ann@Example.org")),
            PortalCsv.Row(("customer_id", "C2"), ("account_id", "A2"), ("transaction_id", "T2"), ("customer_email", "bob@example.org"))));
        var reports = new List<ImportProgress>();

        var outcome = await world.Service.RunAsync(plan, new Reported(reports.Add));

        var problem = Assert.Single(outcome.Problems);
        Assert.Equal(2, problem.Line);
        Assert.StartsWith("the customer was not taken in: ", problem.Reason, StringComparison.Ordinal);
        Assert.Equal((1, 1, 1), (outcome.Customers, outcome.Accounts, outcome.Postings));
        Assert.Null(await world.BalanceAsync("books", "C1", "A1"));
        Assert.Equal(Money.Of(12.50m, Currency.Usd), await world.BalanceAsync("books", "C2", "A2"));
        Assert.Equal(new ImportProgress(2, 2), reports.MaxBy(report => report.Done));
    }

    [Fact]
    public async Task RunAsync_CustomerWithoutName_IsListed()
    {
        await using var world = await ImportWorld.CreateAsync();
        var plan = ImportWorld.Plan(PortalCsv.File(PortalCsv.Row()));

        var outcome = await world.Service.RunAsync(plan with { Customers = [plan.Customers[0] with { Name = " " }] });

        Assert.Equal("the customer was not taken in: the name is missing or too long", Assert.Single(outcome.Problems).Reason);
        Assert.Equal(0, outcome.Postings);
    }

    [Fact]
    public async Task RunAsync_AccountThatBeginsOnAClosedDay_IsLeftOutAsAWhole()
    {
        await using var world = await ImportWorld.CreateAsync();
        world.Closed.To = new DateOnly(2026, 2, 28);
        var plan = ImportWorld.Plan(PortalCsv.File(
            PortalCsv.Row(("transaction_id", "T1"), ("occurred_at", "2026-02-27T12:00:00Z")),
            PortalCsv.Row(("transaction_id", "T2"), ("occurred_at", "2026-03-05T12:00:00Z")),
            PortalCsv.Row(("customer_id", "C2"), ("account_id", "A2"), ("transaction_id", "T3"), ("occurred_at", "2026-03-05T12:00:00Z"))));

        var outcome = await world.Service.RunAsync(plan);

        var problem = Assert.Single(outcome.Problems);
        Assert.Equal(
            "account A1: the days up to 28 Feb 2026 are closed, and it has transactions on them; nothing of this account is posted",
            problem.Reason);
        Assert.Equal((2, 2), (problem.Line, problem.LinesLeftOut));
        Assert.Equal((1, 1, 1), (outcome.Customers, outcome.Accounts, outcome.Postings));
        Assert.Null(await world.BalanceAsync("books", "C1", "A1"));
    }

    [Fact]
    public async Task RunAsync_AgainAfterItsDaysAreClosed_FindsEverythingPosted()
    {
        await using var world = await ImportWorld.CreateAsync();
        var plan = ImportWorld.Plan(ManyRows());
        await world.Service.RunAsync(plan);
        world.Closed.To = new DateOnly(2026, 11, 1);

        var again = await world.Service.RunAsync(plan);

        Assert.Empty(again.Problems);
        Assert.Equal(plan.StepCount, again.AlreadyPosted);
        await AssertBooksAsync(world, plan);
    }

    [Fact]
    public async Task RunAsync_FileWithMoreRowsOnClosedDays_PostsNothingAfterThem()
    {
        await using var world = await ImportWorld.CreateAsync();
        string[] rows =
        [
            PortalCsv.Row(("transaction_id", "T1"), ("occurred_at", "2026-02-01T12:00:00Z")),
            PortalCsv.Row(("transaction_id", "T2"), ("occurred_at", "2026-02-02T12:00:00Z"), ("amount", "1")),
            PortalCsv.Row(("transaction_id", "T3"), ("occurred_at", "2026-03-05T12:00:00Z"), ("amount", "2")),
        ];
        await world.Service.RunAsync(ImportWorld.Plan(PortalCsv.File(rows[..1])));
        world.Closed.To = new DateOnly(2026, 2, 28);

        var outcome = await world.Service.RunAsync(ImportWorld.Plan(PortalCsv.File(rows)));

        Assert.Equal(
            [
                "It is dated 2 Feb 2026, and that day is closed. Post a correction on a later day.",
                "this and the later lines of the account were not posted: the days up to 28 Feb 2026 are closed, and lines before are dated on them",
            ],
            outcome.Problems.Select(problem => problem.Reason));
        Assert.Equal(LedgerWorld.Usd(12.50m), await world.BalanceAsync("books", "C1", "A1"));
    }

    [Fact]
    public async Task RunAsync_AccountMovedMeanwhile_SaysThatItEndsDifferently()
    {
        await using var world = await ImportWorld.CreateAsync();
        var plan = ImportWorld.Plan(PortalCsv.File(PortalCsv.Row()));
        var id = Assert.Single((await world.Service.RunAsync(plan)).AccountIds);
        await world.Ledger.MustAsync(new TransferOrder
        {
            Actor = Actor.System,
            IdempotencyKey = "by hand",
            Kind = TransferKind.Payment,
            DebitAccountId = GeneralLedger.Clearing(Currency.Usd),
            CreditAccountId = id,
            Amount = LedgerWorld.Usd(1),
        });

        var again = await world.Service.RunAsync(plan);

        Assert.Equal(1, again.AlreadyPosted);
        Assert.Equal("the account ends with 13.50 USD, the file with 12.50 USD", Assert.Single(again.Problems).Reason);
    }

    [Fact]
    public async Task RunAsync_RowsOfOneAccount_ShareCommitsInTheOrderOfThePlan()
    {
        await using var world = await ImportWorld.CreateAsync();
        var plan = ImportWorld.Plan(PortalCsv.File([
            .. Enumerable.Range(0, 60).Select(i => PortalCsv.Row(
                ("transaction_id", $"T{i}"), ("occurred_at", "2026-01-02"), ("kind", "payment"), ("amount", i % 2 == 0 ? "5" : "-5"))),
        ]));
        var commits = new CountedCommits(world.Ledger.Store);

        var outcome = await world.NewService(world.Ledger.NewService(commits)).RunAsync(plan);

        Assert.Equal((60, 3), (outcome.Postings, commits.Count));
        var account = (await world.Ledger.AccountStore.FindAsync(Assert.Single(outcome.AccountIds)))!;
        Assert.Equal(
            plan.Accounts[0].Steps.Select(step => step.Amount.Amount),
            (await world.Ledger.EntriesAsync(account)).Select(entry => entry.Amount.Amount));
        await AssertBooksAsync(world, plan);
    }

    [Fact]
    public async Task RunAsync_StoreFailsForAWhile_StopsTheAccountInOrderAndTheNextRunFinishesIt()
    {
        await using var world = await ImportWorld.CreateAsync();
        var plan = ImportWorld.Plan(PortalCsv.File([
            .. Enumerable.Range(0, 40).Select(i => PortalCsv.Row(
                ("transaction_id", $"T{i}"), ("occurred_at", $"2026-01-{1 + (i / 2):00}"), ("amount", "1"))),
        ]));
        var failing = new CountedCommits(world.Ledger.Store) { FailFrom = 2 };

        var broken = await world.NewService(world.Ledger.NewService(failing)).RunAsync(plan);
        var finished = await world.Service.RunAsync(plan);

        Assert.Equal(24, broken.Postings);
        Assert.Equal(
            [(26, 1), (27, 15)], broken.Problems.Select(problem => (problem.Line, problem.LinesLeftOut)));
        Assert.Empty(finished.Problems);
        Assert.Equal((40, 24), (finished.Postings, finished.AlreadyPosted));
        await AssertBooksAsync(world, plan);
    }

    private static async Task AssertBooksAsync(ImportWorld world, ImportPlan plan)
    {
        foreach (var account in plan.Accounts)
        {
            Assert.Equal(account.FinalBalance, await world.BalanceAsync(plan.Source, account.CustomerId, account.AccountId));
        }

        var found = await world.Ledger.Verifier.VerifyAsync();
        Assert.True(found.IsClean, string.Join('\n', found.Violations));
        Assert.Equal(plan.StepCount, found.Transfers);
    }

    // Each customer opens with 100 and takes out one unit at a time; two rows share each moment.
    private static string ManyRows() => PortalCsv.File(
    [
        .. from row in Enumerable.Range(0, Rows)
           from customer in Enumerable.Range(0, Customers)
           select PortalCsv.Row(
               ("customer_id", $"C{customer}"),
               ("account_id", $"A{customer}"),
               ("transaction_id", $"T{customer}-{row}"),
               ("occurred_at", new DateTime(2026, 1, 1, row / 2, 0, 0, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture)),
               ("kind", "withdrawal"),
               ("amount", "-1"),
               ("balance_after", (99 - row).ToString(CultureInfo.InvariantCulture))),
    ]);

    private sealed class CountedCommits(ILedgerStore inner) : ILedgerStore
    {
        private int _count;

        public int Count => _count;

        /// <summary>From which commit on, counted from one, the store does not answer.</summary>
        public int FailFrom { get; init; } = int.MaxValue;

        public Task<CommitOutcome> CommitAsync(LedgerCommit commit, CancellationToken ct = default) =>
            Interlocked.Increment(ref _count) >= FailFrom
                ? throw new LedgerUnavailableException("The store is gone.")
                : inner.CommitAsync(commit, ct);

        public Task<LedgerSnapshot> ReadAsync(string transferId, IReadOnlyCollection<string> accountIds, CancellationToken ct = default) =>
            inner.ReadAsync(transferId, accountIds, ct);

        public Task<GroupSnapshot> ReadManyAsync(
            IReadOnlyCollection<string> transferIds, IReadOnlyCollection<string> accountIds, CancellationToken ct = default) =>
            inner.ReadManyAsync(transferIds, accountIds, ct);

        public Task<Transfer?> FindTransferAsync(string transferId, CancellationToken ct = default) =>
            inner.FindTransferAsync(transferId, ct);

        public Task<IReadOnlyList<Entry>> ReadEntriesAsync(EntryQuery query, CancellationToken ct = default) =>
            inner.ReadEntriesAsync(query, ct);

        public Task<Entry?> FindEntryAsync(string accountId, EntryPosition position, CancellationToken ct = default) =>
            inner.FindEntryAsync(accountId, position, ct);

        public Task<IReadOnlyList<Transfer>> ListHeldAsync(HeldQuery query, CancellationToken ct = default) =>
            inner.ListHeldAsync(query, ct);
    }

    private sealed class Reported(Action<ImportProgress> note) : IProgress<ImportProgress>
    {
        private readonly Lock _lock = new();

        public void Report(ImportProgress value)
        {
            lock (_lock)
            {
                note(value);
            }
        }
    }
}
