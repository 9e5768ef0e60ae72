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
        var account = PlanOne(Row(2, 10, balance: 10), Row(3, 5, balance: 99), Row(4, -1, balance: 20));

        Assert.Equal(
            [(TransferKind.Payment, 10m), (TransferKind.Payment, 5m), (TransferKind.Payment, -1m), (TransferKind.Adjustment, 6m)],
            account.Steps.Select(step => (step.Kind, step.Amount.Amount)));
        Assert.Equal(account.Steps[2].At, account.Steps[3].At);
        Assert.Equal((Usd(20), Usd(6)), (account.FinalBalance, account.Adjusted));
    }

    [Fact]
    public void Plan_RowNotCoveredButTheFilesBalanceIsFine_AdjustsJustBeforeIt()
    {
        var account = PlanOne(Row(2, 10, balance: 10), Row(3, -50, balance: 7), Row(4, 3, balance: 10));

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

            var account = Assert.Single(Plan(rows).Accounts);

            AssertNeverNegative(account);
            if (rows.OrderBy(r => r.At).ThenBy(r => r.Line).Last().BalanceAfter is { } last)
            {
                Assert.Equal(last, account.FinalBalance);
            }
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

    private static ImportPlan Plan(params ImportRow[] rows) => ImportPlanner.Plan("books", rows, []);

    private static ImportRow Row(int line, decimal amount, int? hour = null, decimal? balance = null, string? id = null) => new(
        line, "C1", "Ann Example", null, "A1", AccountType.Checking, id ?? $"T{line}", Start.AddHours(hour ?? line), TransferKind.Payment,
        Usd(amount), "", "", balance is { } b ? Usd(b) : null);

    private static Money Usd(decimal amount) => Money.Of(amount, Currency.Usd);
}
