using BankPortal.Bench.Faults;

namespace BankPortal.Tests.Ledger.Posting;

/// <summary>The ledger on its worst day: requests that fail in every way, engines and processes that die, crowds at one account.</summary>
[EngineTest]
public sealed class LedgerFaultTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(11), InlineData(12)]
    public async Task MoneyMoving_UnderFaultsAndCrashes_KeepsEveryInvariant(int seed)
    {
        var engine = await TestEngines.GetAsync(EngineKind.Dynoxide);
        Assert.SkipWhen(engine.Address is null, engine.MissingBecause ?? "");
        var folder = Directory.CreateTempSubdirectory("bankportal-faults-").FullName;
        try
        {
            var report = await FaultRun.RunAsync(new FaultOptions
            {
                Seed = seed,
                Duration = TimeSpan.FromSeconds(12),
                KillEngineEvery = TimeSpan.FromSeconds(4),
                KillProcessEvery = TimeSpan.FromSeconds(5),
                Folder = folder,
            });

            output.WriteLine(report.ToString());
            Assert.Empty(report.Violations);
            Assert.True(report.Acknowledged > 20 && report.Readings > 5, report.ToString());
            Assert.True(report.EngineKills > 0 && report.ProcessKills > 0, report.ToString());
            Assert.True(report.Injected.Values.Sum() > 20, report.ToString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task HotAccount_HundredAtOnce_AllCarriedOutInFewCommits(bool into)
    {
        var commits = new CountCommits();
        await using var world = await LedgerWorld.CreateAsync(EngineKind.Dynoxide, null, commits);
        var hot = await world.OpenAsync("hot", 5_000);
        var others = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => world.OpenAsync($"user{i}", 100)));
        commits.Count = 0;

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => world.Ledger.ExecuteAsync(
            into ? world.Order(others[i % 20], hot, 2 + (i % 3), $"o{i}") : world.Order(hot, others[i % 20], 2 + (i % 3), $"o{i}")))));

        Assert.All(results, result => Assert.True(result.IsSuccess, result.Error?.ToString()));
        Assert.Equal(100, results.Select(r => r.Value.Id).Distinct(StringComparer.Ordinal).Count());
        var moved = Enumerable.Range(0, 100).Sum(i => 2m + (i % 3));
        Assert.Equal(LedgerWorld.Usd(5_000 + (into ? moved : -moved)), (await world.ReadAsync(hot)).Balance);
        Assert.True(commits.Count < 60, $"{commits.Count} commits for 100 transfers");
        await world.AssertCleanAsync();
    }

    [Fact]
    public async Task HotAccount_MoreThanItHolds_RefusesEachForItself()
    {
        await using var world = await LedgerWorld.CreateAsync(EngineKind.Dynoxide);
        var hot = await world.OpenAsync("hot", 50);
        var bob = await world.OpenAsync("bob");

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() =>
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            return world.Ledger.ExecuteAsync(world.Order(hot, bob, 1));
        })));

        Assert.Equal(50, results.Count(r => r.IsSuccess));
        Assert.All(results.Where(r => !r.IsSuccess), r => Assert.IsType<InsufficientFundsError>(r.Error));
        Assert.All(results.Where(r => !r.IsSuccess), r => Assert.Contains("0,00", r.Error!.Message, StringComparison.Ordinal));
        Assert.True((await world.ReadAsync(hot)).Balance.IsZero);
        await world.AssertCleanAsync();
    }

    [Fact]
    public async Task HotAccount_SameKeysManyTimes_HaveOneEffectEach()
    {
        await using var world = await LedgerWorld.CreateAsync(EngineKind.Dynoxide);
        var hot = await world.OpenAsync("hot", 1_000);
        var bob = await world.OpenAsync("bob");

        var results = await Task.WhenAll(
            Enumerable.Range(0, 90).Select(i => Task.Run(() => world.Ledger.ExecuteAsync(world.Order(hot, bob, 10, $"key{i % 9}"))))
        );
        var other = await world.Ledger.ExecuteAsync(world.Order(hot, bob, 11, "key0"));

        Assert.Equal(9, results.Select(r => r.Value.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.IsType<IdempotencyKeyReusedError>(other.Error);
        Assert.Equal(LedgerWorld.Usd(910), (await world.ReadAsync(hot)).Balance);
        await world.AssertCleanAsync();
    }

    [Fact]
    public async Task HotAccount_ClosedOrFrozenMeanwhile_RefusesOnlyWhatItMust()
    {
        await using var world = await LedgerWorld.CreateAsync(EngineKind.Dynoxide);
        var hot = await world.OpenAsync("hot", 1_000);
        var others = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => world.OpenAsync($"user{i}", 1_000)));
        var staff = StaffActors.Fresh("staff", BankRoles.Analyst);

        var moves = Enumerable.Range(0, 60).Select(i => Task.Run(() => world.Ledger.ExecuteAsync(
            i % 2 == 0 ? world.Order(hot, others[i % 5], 1) : world.Order(others[i % 5], hot, 1)))).ToList();
        var freeze = await world.Accounts.FreezeAsync(staff, hot.Id, "because");
        var results = await Task.WhenAll(moves);

        Assert.True(freeze.IsSuccess, freeze.Error?.ToString());
        Assert.All(results.Where(r => !r.IsSuccess), r => Assert.IsType<DebitAccountFrozenError>(r.Error));
        Assert.All(results.Where((_, i) => i % 2 == 1), r => Assert.True(r.IsSuccess, r.Error?.ToString()));
        Assert.IsType<DebitAccountFrozenError>((await world.Ledger.ExecuteAsync(world.Order(hot, others[0], 1))).Error);
        await world.AssertCleanAsync();
    }

    [Theory]
    [
        InlineData(FaultKind.Conflict),
        InlineData(FaultKind.Throttle),
        InlineData(FaultKind.ServerError),
        InlineData(FaultKind.TimeoutBefore),
        InlineData(FaultKind.TimeoutAfter)
    ]
    public async Task Crowd_UnderOneKindOfFault_EndsWithOneEffectForEachKey(FaultKind kind)
    {
        var injector = new FaultInjector(21, 0.3, kind);
        await using var world = await LedgerWorld.CreateAsync(EngineKind.Dynoxide, null, injector);
        var accounts = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => world.OpenAsync($"user{i}", 500)));
        injector.Enabled = true;
        var orders = Enumerable.Range(0, 60).Select(i => world.Order(accounts[i % 3], accounts[(i + 1) % 3], 1, $"k{i}")).ToList();
        var results = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);

        await Parallel.ForEachAsync(orders, async (order, ct) =>
        {
            for (var tries = 0; tries < 50; tries++)
            {
                var result = await world.Ledger.ExecuteAsync(order, CancellationToken.None);
                if (result.IsSuccess)
                {
                    results[order.TransferId] = true;
                    return;
                }
            }
        });
        injector.Enabled = false;

        Assert.True(injector.Injected.GetValueOrDefault(kind) > 0);
        Assert.Equal(60, results.Count);
        Assert.Equal(63, (await world.Verifier.VerifyAsync()).Transfers);
        foreach (var account in accounts)
        {
            Assert.Equal(LedgerWorld.Usd(500), (await world.ReadAsync(account)).Balance);
        }

        await world.AssertCleanAsync();
    }

    private sealed class CountCommits : IRequestInterceptor
    {
        private int _count;

        public int Count
        {
            get => Volatile.Read(ref _count);
            set => Volatile.Write(ref _count, value);
        }

        public Task InterceptAsync(DynamoRequest request, Func<Task> send, CancellationToken ct)
        {
            if (request.Operation == "TransactWriteItems")
            {
                Interlocked.Increment(ref _count);
            }

            return send();
        }
    }
}
