namespace BankPortal.Tests.Ledger.Posting;

/// <summary>The queues of accounts by themselves: order, sharing, cancellation, and that nothing waits for ever.</summary>
[UnitTest]
public sealed class AccountQueuesTests
{
    private readonly AccountQueues _queues = new(mostTogether: 4);

    [Fact]
    public void Enter_AccountsFree_BeginsAtOnceBesideOthers()
    {
        Assert.NotNull(Enter("AB").Batch);
        Assert.NotNull(Enter("CD").Batch);
    }

    [Theory]
    [InlineData("AB", "BC"), InlineData("AB", "CA"), InlineData("AB", "BA"), InlineData("AB", "A"), InlineData("A", "A")]
    public void Enter_OneAccountInUse_WaitsUntilItIsLeft(string first, string second)
    {
        var running = Enter(first);
        var waiting = Enter(second);
        Assert.Null(waiting.Batch);

        _queues.Leave(running.Batch!);

        AssertBatch(waiting.Batch, second);
    }

    [Fact]
    public void Leave_SeveralWaitForOneAccount_BeginTogetherInTheOrderOfArrival()
    {
        var running = Enter("AB");
        var waiting = new[] { Enter("CA"), Enter("AD"), Enter("EA") };

        _queues.Leave(running.Batch!);

        AssertBatch(waiting[0].Batch, "CA", "AD", "EA");
    }

    [Fact]
    public void Leave_ChainOfSharedAccounts_BeginsTogether()
    {
        var running = Enter("AB");
        var waiting = new[] { Enter("BC"), Enter("CD"), Enter("DA") };

        _queues.Leave(running.Batch!);

        AssertBatch(waiting[0].Batch, "BC", "CD", "DA");
    }

    [Fact]
    public void Leave_WaitingWithoutSharedAccount_BeginSeparately()
    {
        var running = Enter("AB");
        var (first, second) = (Enter("AC"), Enter("BD"));

        _queues.Leave(running.Batch!);

        AssertBatch(first.Batch, "AC");
        AssertBatch(second.Batch, "BD");
    }

    [Fact]
    public void Leave_OtherAccountStillInUse_WaitsForBoth()
    {
        var (one, two) = (Enter("AB"), Enter("CD"));
        var waiting = Enter("BC");

        _queues.Leave(one.Batch!);
        Assert.Null(waiting.Batch);
        _queues.Leave(two.Batch!);

        AssertBatch(waiting.Batch, "BC");
    }

    [Fact]
    public void Enter_AccountWantedByEarlierWork_IsNotOvertaken()
    {
        var (one, two) = (Enter("AB"), Enter("CD"));
        var first = Enter("BC");
        var second = Enter("BE");
        var third = Enter("EF");

        _queues.Leave(one.Batch!);

        // B and E are free, but the first waits for C and comes before the second, as that does before the third.
        Assert.All([first, second, third], work => Assert.Null(work.Batch));
        Assert.NotNull(Enter("GH").Batch);
        _queues.Leave(two.Batch!);
        AssertBatch(first.Batch, "BC", "BE", "EF");
    }

    [Fact]
    public void Leave_MoreThanABatchHolds_LeavesTheRestForTheNext()
    {
        var running = Enter("AB");
        var waiting = "CDEFGH".Select(other => Enter($"A{other}")).ToList();

        _queues.Leave(running.Batch!);
        AssertBatch(waiting[0].Batch, "AC", "AD", "AE", "AF");
        Assert.Null(waiting[4].Batch);
        _queues.Leave(waiting[0].Batch!);

        AssertBatch(waiting[4].Batch, "AG", "AH");
    }

    [Fact]
    public void Leave_WorkThatSharesNoCommit_BeginsAloneInItsTurn()
    {
        var running = Enter("AB");
        var (before, alone, after) = (Enter("AC"), Enter("AD", canShareCommit: false), Enter("AE"));

        _queues.Leave(running.Batch!);
        AssertBatch(before.Batch, "AC");
        _queues.Leave(before.Batch!);
        AssertBatch(alone.Batch, "AD");
        _queues.Leave(alone.Batch!);

        AssertBatch(after.Batch, "AE");
    }

    [Fact]
    public void Withdraw_Waiting_LetsThoseBehindBegin()
    {
        var running = Enter("AB");
        var withdrawn = Enter("BC");
        var behind = Enter("CD");
        Assert.Null(behind.Batch);

        Assert.True(_queues.Withdraw(withdrawn));

        AssertBatch(behind.Batch, "CD");
        _queues.Leave(running.Batch!);
        _queues.Leave(behind.Batch!);
        Assert.Null(withdrawn.Batch);
        Assert.Equal(0, _queues.Count);
    }

    [Fact]
    public void Withdraw_Begun_ChangesNothing()
    {
        var running = Enter("AB");
        var waiting = Enter("BC");

        Assert.False(_queues.Withdraw(running));

        Assert.Null(waiting.Batch);
    }

    [Fact]
    public async Task RunAlone_CancelledWhileItWaits_LeavesNoTrace()
    {
        var running = Enter("AB");
        using var cancel = new CancellationTokenSource();
        var waiting = _queues.RunAloneAsync(["B", "C"], () => Task.FromResult(1), cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.NotNull(Enter("CD").Batch);
        _queues.Leave(running.Batch!);
        Assert.NotNull(Enter("AB").Batch);
    }

    [Fact]
    public async Task RunAlone_Fails_FreesItsAccounts()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _queues.RunAloneAsync<int>(["A"], () => throw new InvalidOperationException(), TestContext.Current.CancellationToken));

        Assert.Equal(0, _queues.Count);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public void AnySequence_KeepsTheOrderOfEachAccountAndFinishesAll(int seed)
    {
        var random = new Random(seed);
        var all = new List<Work>();
        var withdrawn = new List<Work>();
        var begun = new List<Work>();
        var running = new List<AccountQueues.Batch>();
        while (all.Count < 2_000 || running.Count > 0)
        {
            if (all.Count < 2_000 && random.Next(10) < 6)
            {
                var pair = random.GetItems("ABCDEF".ToCharArray(), 2);
                all.Add(Enter(pair[0] == pair[1] ? $"{pair[0]}" : new string(pair), random.Next(8) > 0));
            }
            else if (random.Next(10) == 0 && all.Count > 0)
            {
                var work = all[random.Next(all.Count)];
                if (_queues.Withdraw(work))
                {
                    withdrawn.Add(work);
                }
            }
            else if (running.Count > 0)
            {
                var batch = running[random.Next(running.Count)];
                running.Remove(batch);
                _queues.Leave(batch);
            }

            foreach (var batch in all.Except(begun).Select(work => work.Batch).OfType<AccountQueues.Batch>().Distinct().ToList())
            {
                running.Add(batch);
                begun.AddRange(batch.Works.Cast<Work>());
            }

            Assert.Distinct(running.SelectMany(batch => batch.AccountIds));
        }

        Assert.Equal(0, _queues.Count);
        Assert.Equal(all.Except(withdrawn), begun.OrderBy(all.IndexOf));
        Assert.All(begun, work => Assert.InRange(work.Batch?.Works.Count ?? 1, 1, 4));
        foreach (var account in "ABCDEF".Select(c => c.ToString()))
        {
            var order = begun.Where(work => work.AccountIds.Contains(account)).ToList();
            Assert.Equal(order.OrderBy(all.IndexOf), order);
        }
    }

    [Fact]
    public async Task RunAlone_CirclesOfAccountsOnManyThreads_AllFinishOneAtATime()
    {
        string[][] circles = [["A", "B"], ["B", "A"], ["B", "C"], ["C", "A"], ["C", "B"], ["A"]];
        var inUse = new Dictionary<string, int>(StringComparer.Ordinal) { ["A"] = 0, ["B"] = 0, ["C"] = 0 };
        var done = 0;

        await Task.WhenAll(Enumerable.Range(0, 3_000).Select(i => Task.Run(() => _queues.RunAloneAsync(
            circles[i % circles.Length],
            async () =>
            {
                // Not synchronised: only the queues keep two from using an account at once.
                Array.ForEach(circles[i % circles.Length], id => Assert.Equal(1, ++inUse[id]));
                await Task.Yield();
                Array.ForEach(circles[i % circles.Length], id => inUse[id]--);
                return Interlocked.Increment(ref done);
            },
            CancellationToken.None)))).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal((3_000, 0), (done, _queues.Count));
    }

    private static void AssertBatch(AccountQueues.Batch? batch, params string[] works) =>
        Assert.Equal(works, batch?.Works.Select(work => string.Concat(work.AccountIds)));

    private Work Enter(string accounts, bool canShareCommit = true)
    {
        var work = new Work(accounts, canShareCommit);
        if (_queues.Enter(work) is { } batch)
        {
            work.Begin(batch);
        }

        return work;
    }

    // Each letter is an account.
    private sealed class Work(string accounts, bool canShareCommit) : QueuedWork([.. accounts.Select(c => c.ToString())], canShareCommit)
    {
        /// <summary>The batch that began with this work.</summary>
        public AccountQueues.Batch? Batch { get; private set; }

        public override void Begin(AccountQueues.Batch batch) => Batch = batch;
    }
}
