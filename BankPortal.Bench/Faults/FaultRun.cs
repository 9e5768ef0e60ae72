using System.Collections.Concurrent;
using Amazon.DynamoDBv2.Model;
using BankPortal.Infrastructure.Accounts;
using BankPortal.Infrastructure.Dynamo.Items;

namespace BankPortal.Bench.Faults;

/// <summary>
/// A bank test in the manner of Jepsen: many workers move money between few accounts while requests fail in every way
/// they can, the engine is killed and restarted on its file, and a whole process is killed in the middle of its work;
/// meanwhile a reader checks that the total stays the same and no balance is negative. Afterwards: every invariant holds,
/// every acknowledged transfer is there once, every refused one is not, and every unknown one turns out to be one of the
/// two when its key is asked again. Some transfers are held and then released or rejected, some posted ones reversed; the same
/// is asked of these decisions.
/// </summary>
internal sealed class FaultRun
{
    private const decimal Opening = 200;

    // Beyond the time in which money moves, and as long again, because everything that was done is judged afterwards.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private readonly FaultOptions _options;
    private readonly ConcurrentDictionary<string, int> _reasons = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(TransferOrder Order, Decided What, int Worker)> _undecided = new();
    private readonly ConcurrentQueue<Outcome> _outcomes = new();
    private readonly ConcurrentQueue<Decision> _decisions = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private int _readings;
    private int _engineKills;
    private int _processKills;

    private FaultRun(FaultOptions options) => _options = options;

    /// <exception cref="BenchFailedException">It did not come to an end in time, or the engine is given up.</exception>
    public static async Task<FaultReport> RunAsync(FaultOptions options)
    {
        var deadline = (2 * options.Duration) + Grace;
        try
        {
            return await new FaultRun(options).RunAsync().WaitAsync(deadline);
        }
        catch (TimeoutException)
        {
            throw new BenchFailedException(FormattableString.Invariant($"Not at an end after {deadline.TotalMinutes:0} minutes."));
        }
    }

    private async Task<FaultReport> RunAsync()
    {
        var injector = new FaultInjector(_options.Seed, _options.FaultShare);
        await using var bank = await BenchBank.StartAsync(_options.Folder, injector);
        var accounts = await bank.OpenAsync("fault", _options.Accounts, Opening);
        injector.Enabled = true;

        using var stop = new CancellationTokenSource(_options.Duration);
        var work = Enumerable
            .Range(0, _options.Workers)
            .Select(worker => Task.Run(() => WorkAsync(bank, accounts, worker, stop.Token)))
            .ToList();
        work.Add(Task.Run(() => WatchAsync(bank, accounts, stop.Token)));
        if (_options.KillEngineEvery is { } engineEvery)
        {
            work.Add(Task.Run(() => KillEngineAsync(bank, engineEvery, stop.Token)));
        }

        if (_options.KillProcessEvery is { } processEvery)
        {
            work.Add(Task.Run(() => KillProcessesAsync(bank, accounts, processEvery, stop.Token)));
        }

        await EndedAsync(work, stop);
        injector.Enabled = false;
        foreach (var (order, what, worker) in _undecided)
        {
            _decisions.Enqueue(new Decision(order.TransferId, worker, what, FaultAnswer.Unknown));
        }

        await bank.WaitUntilReadyAsync();
        await JudgeAsync(bank, accounts);
        return new FaultReport(
            _options.Seed,
            _outcomes.Count(o => o.FaultAnswer == FaultAnswer.Done),
            _outcomes.Count(o => o.FaultAnswer == FaultAnswer.Refused),
            _reasons,
            _outcomes.Count(o => o.FaultAnswer == FaultAnswer.Unknown),
            _decisions.Count(d => d.FaultAnswer == FaultAnswer.Done),
            _readings,
            _engineKills,
            _processKills,
            injector.Injected,
            [.. _violations]);
    }

    // Where one of them cannot go on, the others need not work until the end of the time.
    private static async Task EndedAsync(List<Task> work, CancellationTokenSource stop)
    {
        var running = work.ToList();
        while (running.Count > 0)
        {
            var ended = await Task.WhenAny(running);
            running.Remove(ended);
            if (ended.IsFaulted)
            {
                await stop.CancelAsync();
            }
        }

        await Task.WhenAll(work);
    }

    // Half of the workers share a node, and with it the account queues that group transfers; the others each are a node.
    private async Task WorkAsync(BenchBank bank, List<Account> accounts, int worker, CancellationToken stop)
    {
        var service = worker % 2 == 0 ? bank.Ledger : bank.NewLedger(_ => { });
#pragma warning disable CA5394
        var random = new Random(unchecked((_options.Seed * 1009) + worker));
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var order = Order(accounts, random, FormattableString.Invariant($"w{worker}-{i}")) with { Hold = random.Next(8) == 0 };

            // Now and then the same order is sent twice at once, as a double click would.
            var twice = random.Next(10) == 0;
            var results = await Task.WhenAll(
                Enumerable.Range(0, twice ? 2 : 1).Select(_ => service.ExecuteAsync(order, CancellationToken.None))
            );
            if (twice && results.All(r => r.IsSuccess) && results[0].Value.Id != results[1].Value.Id)
            {
                _violations.Enqueue($"one key gave two transfers: {results[0].Value.Id}, {results[1].Value.Id}");
            }

            Note(order, results);

            // What is held and not decided would bind all money in the course of a long run.
            if (_undecided.TryDequeue(out var open))
            {
                await DecideAsync(service, open.Order, open.What, open.Worker);
            }

            if (results.Any(r => r.IsSuccess) && (order.Hold || random.Next(8) == 0))
            {
                await DecideAsync(
                    service,
                    order,
                    order.Hold ? (random.Next(2) == 0 ? Decided.Released : Decided.Rejected) : Decided.Reversed,
                    worker
                );
            }
        }
#pragma warning restore CA5394
    }

    // Now and then two decide at once, and not the same.
    private async Task DecideAsync(LedgerService service, TransferOrder order, Decided what, int worker)
    {
        var analyst = Analyst(worker);
        var other = what == Decided.Released && order.Amount.MinorUnits % 2 == 0
            ? service.RejectAsync(Analyst(-1), order.TransferId, "fault run", CancellationToken.None)
            : null;
        var result = await AskAsync(service, analyst, order.TransferId, what);
        if (!result.IsSuccess && result.Error is BusyError or LedgerUnreachableError or OutcomeUnknownError)
        {
            _undecided.Enqueue((order, what, worker));
        }
        else
        {
            _decisions.Enqueue(new Decision(order.TransferId, worker, what, Judge(result)));
        }

        if (other is not null)
        {
            _decisions.Enqueue(new Decision(order.TransferId, -1, Decided.Rejected, Judge(await other)));
        }

        static FaultAnswer Judge(Result<Transfer> result) =>
            result.IsSuccess ? FaultAnswer.Done
            : result.Error is OutcomeUnknownError ? FaultAnswer.Unknown
            : FaultAnswer.Refused;
    }

    private static Actor Analyst(int number) => new(FormattableString.Invariant($"analyst{number}"), [BankRoles.Analyst]);

    private static Task<Result<Transfer>> AskAsync(LedgerService service, Actor analyst, string transferId, Decided what) => what switch
    {
        Decided.Released => service.ReleaseAsync(analyst, transferId, "fault run", CancellationToken.None),
        Decided.Rejected => service.RejectAsync(analyst, transferId, "fault run", CancellationToken.None),
        _ => service.ReverseAsync(analyst, transferId, "fault run", mayOverdraw: false, CancellationToken.None),
    };

    private void Note(TransferOrder order, Result<Transfer>[] results)
    {
        // Of two at once the first may be refused for lack of funds that are there for the second: one effect all the same.
        var said = results.Any(r => r.IsSuccess) ? FaultAnswer.Done
            : results.Any(r => r.Error is OutcomeUnknownError) ? FaultAnswer.Unknown
            : FaultAnswer.Refused;
        _outcomes.Enqueue(new Outcome(order, said));
        if (said == FaultAnswer.Refused)
        {
            _reasons.AddOrUpdate(results[0].Error!.GetType().Name, 1, (_, count) => count + 1);
        }
    }

    private async Task WatchAsync(BenchBank bank, List<Account> accounts, CancellationToken stop)
    {
        var request = new TransactGetItemsRequest
        {
            TransactItems = accounts.ConvertAll(account => new TransactGetItem
            {
                Get = new Get
                {
                    TableName = bank.Database.TableName(AccountTables.Accounts),
                    Key = new(StringComparer.Ordinal) { [AccountItems.Key] = Attr.S(account.Id) },
                },
            }),
        };
        var total = accounts.Count * (long)(Opening * 100);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var rows = (await bank.Database.Client.TransactGetItemsAsync(request, CancellationToken.None)).Responses.ConvertAll(r =>
                    bank.AccountItems.FromItem(r.Item)
                );
                _readings++;
                if (rows.Sum(a => a.Balance.MinorUnits) is var sum && sum != total)
                {
                    _violations.Enqueue(FormattableString.Invariant($"at one moment the balances summed to {sum} instead of {total}"));
                }

                foreach (var row in rows.Where(a => a.Spendable.IsNegative))
                {
                    _violations.Enqueue($"account {row.Id} stood at {row.Balance}, {row.Held} held");
                }
            }
            catch (Exception exception) when (exception is not InvalidDataException)
            {
                // The reader is disturbed like everybody else; it looks again.
            }

            await Task.Delay(5, CancellationToken.None);
        }
    }

    private async Task KillEngineAsync(BenchBank bank, TimeSpan every, CancellationToken stop)
    {
        while (await PauseAsync(every, stop))
        {
            bank.KillEngine();
            _engineKills++;
            await bank.WaitUntilReadyAsync();
        }
    }

    private async Task KillProcessesAsync(BenchBank bank, List<Account> accounts, TimeSpan every, CancellationToken stop)
    {
        for (var run = 0; !stop.IsCancellationRequested; run++)
        {
            using var process = FaultProcess.Start(bank, _options.Seed + run, run, accounts);
            var reading = ReadAsync(process, accounts, run);
            await PauseAsync(every, stop);
            process.Kill();
            _processKills++;
            await process.WaitForExitAsync(CancellationToken.None);
            await reading;
        }
    }

    // The process says before each order that it begins, and afterwards what came of it; where it was killed in between,
    // the outcome is unknown.
    private async Task ReadAsync(Process process, List<Account> accounts, int run)
    {
        var begun = new Dictionary<string, TransferOrder>(StringComparer.Ordinal);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            switch (line.Split(' '))
            {
                case ["begin", var key, var from, var to, var cents]:
                    begun[key] = FaultProcess.OrderOf(accounts, key, Number(from), Number(to), Number(cents));
                    break;
                case [var said, var key] when begun.Remove(key, out var order) && Enum.TryParse<FaultAnswer>(said, out var known):
                    _outcomes.Enqueue(new Outcome(order, known));
                    break;
                default:
                    // The last line may be cut where the process was killed.
                    break;
            }
        }

        foreach (var order in begun.Values)
        {
            _outcomes.Enqueue(new Outcome(order, FaultAnswer.Unknown));
        }

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }

    private async Task JudgeAsync(BenchBank bank, List<Account> accounts)
    {
        foreach (var (order, said) in _outcomes)
        {
            var before = await bank.Store.FindTransferAsync(order.TransferId);
            switch (said)
            {
                case FaultAnswer.Done when before is null || (!order.Hold && before.Status != TransferStatus.Posted):
                    _violations.Enqueue($"{order.TransferId} was acknowledged and is not there");
                    break;
                case FaultAnswer.Refused when before is not null:
                    _violations.Enqueue($"{order.TransferId} was refused and is there");
                    break;
                case FaultAnswer.Unknown:
                    var again = await bank.Ledger.ExecuteAsync(order);
                    var after = await bank.Store.FindTransferAsync(order.TransferId);
                    if (again.IsSuccess != after is not null || (before is not null && !again.IsSuccess))
                    {
                        _violations.Enqueue($"{order.TransferId} was unknown and did not come to rest: {again.Error?.Code ?? "done"}");
                    }

                    break;
            }
        }

        foreach (var decision in _decisions)
        {
            await JudgeAsync(bank, decision);
        }

        var verified = await bank.VerifyAsync(throwing: false);
        foreach (var violation in verified.Violations)
        {
            _violations.Enqueue(violation.ToString());
        }

        var sum = 0L;
        foreach (var account in accounts)
        {
            sum += (await bank.Store.ReadAsync("none", [account.Id])).Accounts[account.Id].Balance.MinorUnits;
        }

        if (sum != accounts.Count * (long)(Opening * 100))
        {
            _violations.Enqueue(FormattableString.Invariant($"in the end the balances sum to {sum}"));
        }
    }

    private async Task JudgeAsync(BenchBank bank, Decision decision)
    {
        var said = decision.FaultAnswer;
        if (said == FaultAnswer.Unknown)
        {
            var again = await AskAsync(bank.Ledger, Analyst(decision.Analyst), decision.TransferId, decision.What);
            said = again.IsSuccess ? FaultAnswer.Done : FaultAnswer.Refused;
            if (again.Error is OutcomeUnknownError)
            {
                _violations.Enqueue($"{decision.TransferId}: whether it was {decision.What} did not come to rest");
            }
        }

        // Each decision has an author of its own, so its traces cannot be another's.
        var transfer = await bank.Store.FindTransferAsync(decision.TransferId);
        var author = Analyst(decision.Analyst).UserId;
        var happened = decision.What switch
        {
            Decided.Released => transfer is { Status: TransferStatus.Posted } && transfer.SettledBy == author,
            Decided.Rejected => transfer is { Status: TransferStatus.Rejected } && transfer.SettledBy == author,
            _ => transfer?.ReversedById is { } reversal && (await bank.Store.FindTransferAsync(reversal))?.InitiatorId == author,
        };
        if (happened != (said == FaultAnswer.Done))
        {
            _violations.Enqueue(
                $"{decision.TransferId} was said to be {said} when {decision.What}, and that {(happened ? "has" : "has not")} happened"
            );
        }
    }

    private static TransferOrder Order(List<Account> accounts, Random random, string key)
    {
#pragma warning disable CA5394
        var from = random.Next(accounts.Count);
        return FaultProcess.OrderOf(accounts, key, from, (from + random.Next(1, accounts.Count)) % accounts.Count, random.Next(1, 9000));
#pragma warning restore CA5394
    }

    private static async Task<bool> PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private enum Decided
    {
        Released,
        Rejected,
        Reversed,
    }

    private sealed record Outcome(TransferOrder Order, FaultAnswer FaultAnswer);

    private sealed record Decision(string TransferId, int Analyst, Decided What, FaultAnswer FaultAnswer);
}
