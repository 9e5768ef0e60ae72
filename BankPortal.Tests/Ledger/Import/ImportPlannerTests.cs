namespace BankPortal.Tests.Ledger.Import;

[UnitTest]
public sealed class ImportPlannerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Plan_FirstRowWithBalance_OpensWithWhatWasThereBefore()
    {
        var account = PlanOne(Row(2, -10, balance: 90), Row(3, 5, balance: 95));

        Assert.Equal(
            [(TransferKind.Opening, 100m, "open:A1"), (TransferKind.Payment, -10m, "row:T2"), (TransferKind.Payment, 5m, "row:T3")],
            account.Steps.Select(step => (step.Kind, step.Amount.Amount, step.Key)));
        Assert.Equal(account.Steps[1].At, account.Steps[0].At);
        Assert.Equal(Usd(95), account.FinalBalance);
        Assert.True(account.Adjusted.IsZero);
    }

    [Fact]
    public void Plan_FirstRowIsTheFirstMoney_OpensWithNothing() =>
        Assert.Equal([TransferKind.Payment], PlanOne(Row(2, 10, balance: 10)).Steps.Select(step => step.Kind));

    [Fact]
    public void Plan_WithoutBalances_AddsUpTheRows()
    {
        var account = PlanOne(Row(2, 30), Row(3, -10));

        Assert.Equal(["row:T2", "row:T3"], account.Steps.Select(step => step.Key));
        Assert.Equal(Usd(20), account.FinalBalance);
    }

    [Fact]
    public void Plan_RowsOutOfOrder_AreTakenByTimeAndThoseOfOneInstantByLine()
    {
        var account = PlanOne(Row(2, 3, hour: 9), Row(3, 100, hour: 1), Row(4, 1, hour: 5), Row(5, 2, hour: 5));

        Assert.Equal([3, 4, 5, 2], account.Steps.Select(step => step.Line));
    }

    [Fact]
    public void Plan_OpeningBalance_FollowsFromTheEarliestRowNotTheFirstLine()
    {
        var account = PlanOne(Row(2, 5, hour: 9, balance: 55), Row(3, 10, hour: 1, balance: 50));

        Assert.Equal(["open:A1", "row:T3", "row:T2"], account.Steps.Select(step => step.Key));
        Assert.Equal(Usd(40), account.Steps[0].Amount);
    }

    [Fact]
    public void Plan_ExampleOfTheDescription_IsAsTheDescriptionSays()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "import.md"));
        var example = text.Split("```csv\n")[1].Split("```")[0];

        var plan = ImportWorld.Plan(example);

        Assert.Empty(plan.Problems);
        Assert.Equal(6, example.TrimEnd().Split('\n').Length);
        Assert.Equal(
            [("A-1", 3057.10m, 600m), ("A-2", 500m, 0m), ("B-1", 170.12m, 200m)],
            plan.Accounts.Select(a =>
                (a.AccountId, a.FinalBalance.Amount, a.Steps.Where(s => s.Kind == TransferKind.Opening).Sum(s => s.Amount.Amount))
            )
        );
        Assert.All(plan.Accounts, account => Assert.True(account.Adjusted.IsZero));
    }

    [Fact]
    public void Plan_SameTransactionTwice_TakesTheFirstAndNamesItsLine()
    {
        var plan = Plan(Row(2, 10, id: "same"), Row(3, 10, id: "same"));

        Assert.Equal(1, plan.StepCount);
        Assert.Equal(new ImportProblem(3, "the transaction id is the same as on line 2"), Assert.Single(plan.Problems));
    }

    [Fact]
    public void Plan_RowsThatContradictTheAccount_AreLeftOut()
    {
        var plan = Plan(
            Row(2, 10),
            Row(3, 1) with { CustomerId = "C2" },
            Row(4, 1) with { Amount = Money.Of(1, Currency.Eur) },
            Row(5, 1) with { AccountType = AccountType.Savings });

        Assert.Equal(
            [
                new ImportProblem(3, "the account belongs to another customer on line 2"),
                new ImportProblem(4, "the account has another currency on line 2"),
                new ImportProblem(5, "the account has another type on line 2"),
            ],
            plan.Problems);
        Assert.Equal(["row:T2"], Assert.Single(plan.Accounts).Steps.Select(step => step.Key));
        Assert.Equal(["C1"], plan.Customers.Select(customer => customer.CustomerId));
    }

    [Fact]
    public void Plan_LastBalanceDiffers_AdjustsOnceAtTheEnd()
    {
        var account = PlanAdjusted(Row(2, 10, balance: 10), Row(3, 5, balance: 99), Row(4, -1, balance: 20));

        Assert.Equal(
            [(TransferKind.Payment, 10m), (TransferKind.Payment, 5m), (TransferKind.Payment, -1m), (TransferKind.Adjustment, 6m)],
            account.Steps.Select(step => (step.Kind, step.Amount.Amount)));
        Assert.Equal(account.Steps[2].At, account.Steps[3].At);
        Assert.Equal((Usd(20), Usd(6)), (account.FinalBalance, account.Adjusted));
    }

    [Fact]
    public void Plan_RowNotCoveredButTheFilesBalanceIsFine_AdjustsJustBeforeIt()
    {
        var account = PlanAdjusted(Row(2, 10, balance: 10), Row(3, -50, balance: 7), Row(4, 3, balance: 10));

        Assert.Equal(
            [(TransferKind.Payment, 10m), (TransferKind.Adjustment, 47m), (TransferKind.Payment, -50m), (TransferKind.Payment, 3m)],
            account.Steps.Select(step => (step.Kind, step.Amount.Amount)));
        Assert.Equal((Usd(10), Usd(47)), (account.FinalBalance, account.Adjusted));
        AssertNeverNegative(account);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-40)]
    public void Plan_RowThatWouldTakeTheAccountBelowZero_IsLeftOut(int? balance)
    {
        var plan = Plan(Row(2, 10), Row(3, -50, balance: balance), Row(4, -10));

        Assert.Equal(new ImportProblem(3, "would take the account to -40.00 USD"), Assert.Single(plan.Problems));
        var account = Assert.Single(plan.Accounts);
        Assert.Equal(["row:T2", "row:T4"], account.Steps.Select(step => step.Key));
        Assert.True(account.FinalBalance.IsZero);
    }

    [Fact]
    public void Plan_NothingOfTheAccountCanBePosted_LeavesItOut()
    {
        var plan = Plan(Row(2, -50));

        Assert.Empty(plan.Accounts);
        Assert.Equal(2, Assert.Single(plan.Problems).Line);
    }

    [Fact]
    public void Plan_ProblemsOfTheReader_StandAmongItsOwnByLine()
    {
        var plan = ImportPlanner.Plan(
            "books",
            [Row(2, 1, id: "a"), Row(4, 1, id: "a")],
            [new ImportProblem(3, "unreadable"), new ImportProblem(9, "unreadable")]
        );

        Assert.Equal([3, 4, 9], plan.Problems.Select(problem => problem.Line));
    }

    [Fact]
    public void Plan_NewestFirstWithDatesOnly_TakesTheRowsOfADayInReverse()
    {
        var account = PlanOne(
            Row(2, -10, hour: 48, balance: 60),
            Row(3, 20, hour: 48, balance: 70),
            Row(4, -50, hour: 24, balance: 50),
            Row(5, 70, hour: 24, balance: 100),
            Row(6, 30, hour: 24, balance: 30));

        Assert.Equal([6, 5, 4, 3, 2], account.Steps.Select(step => step.Line));
        Assert.Equal(Usd(60), account.FinalBalance);
        Assert.All(account.Steps, step => Assert.Equal(TransferKind.Payment, step.Kind));
    }

    [Fact]
    public void Plan_EachDayInItsOwnDirection_FollowsTheBalances()
    {
        var account = PlanOne(
            Row(2, 30, hour: 24, balance: 30),
            Row(3, 70, hour: 24, balance: 100),
            Row(4, -10, hour: 48, balance: 60),
            Row(5, -30, hour: 48, balance: 70));

        Assert.Equal([2, 3, 5, 4], account.Steps.Select(step => step.Line));
    }

    [Fact]
    public void Plan_RowsOfADayInNoDirection_FollowEachOthersBalances()
    {
        var account = PlanOne(
            Row(2, -10, hour: 24, balance: 60),
            Row(3, 70, hour: 24, balance: 100),
            Row(4, 20, hour: 24, balance: 70),
            Row(5, 30, hour: 24, balance: 30),
            Row(6, -50, hour: 24, balance: 50));

        Assert.Equal([5, 3, 6, 4, 2], account.Steps.Select(step => step.Line));
        Assert.Equal(Usd(60), account.FinalBalance);
    }

    [Fact]
    public void Plan_FirstRowsWithoutBalance_OpensWithWhatTheFirstBalanceSays()
    {
        var account = PlanOne(Row(2, -10), Row(3, -20), Row(4, -30, balance: 40), Row(5, 1), Row(6, 2, balance: 43));

        Assert.Equal((Usd(100), Usd(43)), (account.Opening, account.FinalBalance));
    }

    [Fact]
    public void Plan_NoOrderExplainsTheBalances_ListsTheLinesAndPostsNothingOfTheAccount()
    {
        var plan = Plan(
            Row(2, 10, hour: 24, balance: 10),
            Row(3, 5, hour: 24, balance: 14),
            Row(4, 5, hour: 48, balance: 19),
            Row(5, 7, hour: 49, balance: 20),
            Row(6, 1) with { CustomerId = "C2", AccountId = "A2" });

        Assert.Equal(
            new ImportProblem(
                2, "account A1: the balances on lines 3, 5 do not follow from the amounts; nothing of this account is posted", 4),
            Assert.Single(plan.Problems));
        Assert.Equal(("A2", 1), (Assert.Single(plan.Accounts).AccountId, plan.DifferingAccounts));
        Assert.Equal("C2", Assert.Single(plan.Customers).CustomerId);
    }

    [Fact]
    public void Plan_ManyLinesUnexplained_NamesTheFirst()
    {
        var plan = Plan([.. Enumerable.Range(2, 30).Select(line => Row(line, 1, balance: line % 2 == 0 ? 100 : 200))]);

        Assert.EndsWith(
            "lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22 and 9 more do not follow from the amounts; nothing of this account is posted",
            Assert.Single(plan.Problems).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_BalancesFollowButTheAccountBeganBelowZero_NeedsAcceptance()
    {
        ImportRow[] rows = [Row(2, 10, balance: 5), Row(3, 10, balance: 15)];

        Assert.Equal(
            "account A1: the balance on line 3 is reached only with adjustments, -5.00 USD in all; nothing of this account is posted",
            Assert.Single(Plan(rows).Problems).Reason);
        Assert.Equal((Usd(15), Usd(-5)), (PlanAdjusted(rows).FinalBalance, PlanAdjusted(rows).Adjusted));
    }

    [Fact]
    public void Plan_BothOrdersFitAndDiffer_IsDecidedByTheFileOrNotAtAll()
    {
        ImportRow[] rows = [Row(2, 10, hour: 24, balance: 110), Row(3, -10, hour: 24, balance: 100)];

        Assert.Equal(
            "account A1: lines 2, 3 lead to one balance in the order of the file and to another in reverse, and nothing says which order is right; nothing of this account is posted",
            Assert.Single(Plan(rows).Problems).Reason);
        Assert.Equal(Usd(100), PlanOne([.. rows, Row(4, 1, hour: 48, balance: 101)]).Opening);
        Assert.Equal(Usd(100), PlanOne([.. rows, Row(4, 1, hour: 48)]).Opening);
        Assert.Equal(Usd(110), PlanOne([.. rows, Row(4, 1, hour: 12)]).Opening + Usd(1));
        Assert.Equal(Usd(110), PlanOne([.. rows, Row(4, 1, hour: 48, balance: 111)]).Opening);
        var other = Row(4, 1, hour: 1) with { AccountId = "A2" };
        Assert.Equal(
            [Usd(110), Usd(0)], Plan([.. rows, other, other with { Line = 5, TransactionId = "T5", At = Start }]).Accounts.Select(a => a.Opening));
    }

    [Fact]
    public void Plan_WithoutBalancesNewestFirst_TakesADayInReverse()
    {
        var account = PlanOne(Row(2, 1, hour: 48), Row(3, -10, hour: 24), Row(4, 10, hour: 24));

        Assert.Equal([4, 3, 2], account.Steps.Select(step => step.Line));
    }

    [Fact]
    public void Plan_WithoutBalancesAndDirection_TakesTheOrderThatTheAccountCovers() =>
        Assert.Equal([3, 2], PlanOne(Row(2, -10, hour: 24), Row(3, 10, hour: 24)).Steps.Select(step => step.Line));

    [Fact]
    public void Plan_BalancesOfADayInAnotherOrderThanItsTimes_ArePostedByTime()
    {
        var account = PlanOne(
            Row(2, 100, hour: 1, balance: 100),
            Row(3, 50, hour: 2, balance: 130),
            Row(4, -20, hour: 3, balance: 80),
            Row(5, 5, hour: 4, balance: 135));

        Assert.Equal([2, 3, 4, 5], account.Steps.Select(step => step.Line));
        Assert.Equal(Usd(135), account.FinalBalance);
    }

    [Fact]
    public void Plan_ConsistentHistoryInAnyDirection_EndsWithItsBalanceAndAddsNothing()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            // Days of one to four rows each, oldest first or newest first; now and then a row without balance.
            var balance = 1_000m;
            var history = new List<(int Day, decimal Amount, decimal? Balance)>();
            for (var day = 0; day < 6; day++)
            {
                for (var i = random.Next(1, 5); i > 0; i--)
                {
                    var amount = random.Next(1, 50) * (random.Next(2) == 0 ? 1 : -1);
                    balance += amount;
                    history.Add((day, amount, random.Next(6) == 0 ? null : balance));
                }
            }

            if (random.Next(2) == 0)
            {
                history.Reverse();
            }

            var account = PlanOne([.. history.Select((row, i) => Row(i + 2, row.Amount, 24 * row.Day, row.Balance))]);

            Assert.Equal((false, Usd(balance)), (account.IsAdjusted, account.FinalBalance));
            Assert.Equal(Usd(1_000), account.Opening);
        }
    }

    [Fact]
    public void Plan_AnyRows_NeverGoesBelowZeroAndEndsWithTheLastGivenBalance()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var rows = Enumerable
                .Range(2, 12)
                .Select(line =>
                    Row(
                        line,
                        random.Next(1, 100) * (random.Next(2) == 0 ? 1 : -1),
                        hour: random.Next(8),
                        balance: random.Next(3) == 0 ? null : random.Next(0, 200)
                    )
                )
                .ToArray();

            var account = PlanAdjusted(rows);

            AssertNeverNegative(account);
            var last = rows.Where(row => row.At == rows.Max(r => r.At)).ToList();
            Assert.True(
                last.Exists(row => row.BalanceAfter is null) || last.Exists(row => row.BalanceAfter == account.FinalBalance),
                $"round {round}");
        }
    }

    private static void AssertNeverNegative(ImportAccount account)
    {
        var balance = Money.Zero(account.Currency);
        foreach (var step in account.Steps)
        {
            balance += step.Amount;
            Assert.False(balance.IsNegative, $"{balance} after {step.Key}");
        }

        Assert.Equal(account.FinalBalance, balance);
    }

    private static ImportAccount PlanOne(params ImportRow[] rows)
    {
        var plan = Plan(rows);
        Assert.Empty(plan.Problems);
        return Assert.Single(plan.Accounts);
    }

    private static ImportAccount PlanAdjusted(params ImportRow[] rows) =>
        Assert.Single(ImportPlanner.Plan("books", rows, [], acceptDifferences: true).Accounts);

    private static ImportPlan Plan(params ImportRow[] rows) => ImportPlanner.Plan("books", rows, []);

    private static ImportRow Row(int line, decimal amount, int? hour = null, decimal? balance = null, string? id = null) => new(
        line, "C1", "Ann Example", null, "A1", AccountType.Checking, id ?? $"T{line}", Start.AddHours(hour ?? line),
        DateOnly.FromDateTime(Start.AddHours(hour ?? line).Date), TransferKind.Payment, Usd(amount), "", "",
        balance is { } b ? Usd(b) : null);

    private static Money Usd(decimal amount) => Money.Of(amount, Currency.Usd);
}
