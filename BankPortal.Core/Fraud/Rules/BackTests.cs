using BankPortal.Core.Fraud.Cases;
using BankPortal.Core.Fraud.Engine;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>
/// Runs back-tests: replays a period of the ledger through a draft, in the background, one at a time per process. It uses the facts
/// stored with each transfer, so it needs no past state of the accounts and little memory. A run continues when the person who started it
/// leaves the page. Thread-safe.
/// </summary>
public sealed partial class BackTests(
    RuleSetService rules, IRuleSetStore store, IBackTestStore reports, ITransferFeedReader feed, IDispositions dispositions,
    LedgerOptions ledger, TimeProvider time, ILogger<BackTests> logger) : IAsyncDisposable
{
    /// <summary>The longest period that can be replayed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    // Transfers whose dispositions are read with one request.
    private const int AtOnce = 100;

    // The worker that rejects expired holds may be late by this much, so what was held at the end may be settled later still.
    private static readonly TimeSpan ExpiryDelay = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private CancellationTokenSource? _cancel;
    private Task _running = Task.CompletedTask;
    private volatile BackTestRun? _current;

    /// <summary>Raised when the run progresses or ends: on the thread of the run, and at most once for every hundred transfers.</summary>
    public event EventHandler? Changed;

    /// <summary>The running or most recent back-test; <see langword="null"/> before the first.</summary>
    public BackTestRun? Current => _current;

    /// <summary>Reads the latest report of a version.</summary>
    /// <returns>The report; or <see cref="NotAllowedError"/>, <see cref="NotFoundError"/>.</returns>
    public async Task<Result<BackTestReport>> FindReportAsync(Actor actor, int number, CancellationToken ct = default) =>
        !RuleSetService.MayRead(actor) ? new NotAllowedError()
        : await reports.FindAsync(number, ct) is { } report ? report
        : new NotFoundError("back-test");

    /// <summary>Starts a back-test.</summary>
    /// <param name="actor">The person who starts it.</param>
    /// <param name="number">The version number of the draft.</param>
    /// <param name="from">The start of the period, inclusive.</param>
    /// <param name="before">The end of the period, exclusive.</param>
    /// <param name="ct">Cancels the start, not the run.</param>
    public async Task<Result<BackTestRun>> StartAsync(
        Actor actor, int number, DateTimeOffset from, DateTimeOffset before, CancellationToken ct = default)
    {
        if (!RuleSetService.MayWrite(actor))
        {
            return new NotAllowedError();
        }

        var now = time.GetUtcNow();
        before = before > now ? now : before;
        if (from >= before)
        {
            return new InvalidInputError("from", "The period must begin before it ends, and not in the future.");
        }

        if (before - from > Longest)
        {
            return new InvalidInputError(
                "from", $"A back-test can replay at most {Longest.TotalDays.ToString(CultureInfo.InvariantCulture)} days.");
        }

        if (await store.FindAsync(number, ct) is not { } draft
            || await store.ReadPointersAsync(ct) is not { } pointers
            || await store.FindAsync(pointers.Live, ct) is not { } live)
        {
            return new NotFoundError("version of the rules");
        }

        if (draft.State is not (RuleSetState.Draft or RuleSetState.BackTested or RuleSetState.Shadow))
        {
            return new NotInThatStateError(draft.State, "Only drafts and the version in shadow can be back-tested.");
        }

        if (RuleSetValidator.Find(draft.Set) is { IsEmpty: false } errors)
        {
            return new RulesInvalidError(errors);
        }

        lock (_lock)
        {
            if (_current is { State: BackTestState.Running } other)
            {
                return new BackTestRunningError(other.Number);
            }

            _cancel?.Dispose();
            _cancel = new CancellationTokenSource();
            var run = new BackTestRun(number, from, before, actor.UserId, now, BackTestState.Running, 0, 0);
            _current = run;
            _running = Task.Run(() => RunAsync(actor, run, draft, live, _cancel.Token), CancellationToken.None);
            return run;
        }
    }

    /// <summary>Cancels the run of a version, no matter who started it.</summary>
    public Result Cancel(Actor actor, int number)
    {
        if (!RuleSetService.MayWrite(actor))
        {
            return new NotAllowedError();
        }

        lock (_lock)
        {
            if (_current is not { State: BackTestState.Running } run || run.Number != number)
            {
                return new NotFoundError("back-test");
            }

            _cancel!.Cancel();
            return Result.Success;
        }
    }

    /// <summary>Completes when the current run ends.</summary>
    public Task WaitAsync(CancellationToken ct = default)
    {
        lock (_lock)
        {
            return _running.WaitAsync(ct);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_lock)
        {
            _cancel?.Cancel();
            running = _running;
        }

        await running;
        _cancel?.Dispose();
    }

    private async Task RunAsync(Actor actor, BackTestRun run, RuleSetVersion draft, RuleSetVersion live, CancellationToken ct)
    {
        try
        {
            var tally = new BackTestTally(new CompiledRuleSet(live.Set), new CompiledRuleSet(draft.Set));

            // The feed is in the order of the last change. What was held in the period may have been settled after it.
            var until = run.Before + ledger.HoldsExpireAfter + ExpiryDelay;
            var now = time.GetUtcNow();
            until = until > now ? now.AddTicks(1) : until;
            var batch = new List<Transfer>(AtOnce);
            await foreach (var transfer in feed.ReadPeriodAsync(run.From, until, ct).WithCancellation(ct))
            {
                if (transfer.CreatedAt >= run.From && transfer.CreatedAt < run.Before)
                {
                    batch.Add(transfer);
                }

                if (batch.Count == AtOnce)
                {
                    await CountAsync(tally, batch, ct);
                    var done = (transfer.ChangedAt - run.From) / (until - run.From);
                    Tell(run with { Transfers = tally.Transfers, Share = Math.Clamp(done, 0, 1) });
                }
            }

            await CountAsync(tally, batch, ct);
            var report = tally.Report(draft.Edition, run.From, run.Before, actor.UserId, time.GetUtcNow());
            await reports.SaveAsync(report, ct);
            await rules.NoteBackTestAsync(actor, draft.Number, draft.Edition, Words(report), CancellationToken.None);
            Tell(run with { Transfers = tally.Transfers, Share = 1, State = BackTestState.Done });
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Tell(_current! with { State = BackTestState.Cancelled });
        }
        catch (Exception exception)
        {
            EndedEarly(logger, run.Number, exception);
            Tell(_current! with { State = BackTestState.Failed });
        }
    }

    private static string Words(BackTestReport report) => string.Create(
        CultureInfo.InvariantCulture, $"{report.From:yyyy-MM-dd} to {report.Before:yyyy-MM-dd}, {report.Transfers} transfers");

    private async Task CountAsync(BackTestTally tally, List<Transfer> batch, CancellationToken ct)
    {
        if (batch.Count == 0)
        {
            return;
        }

        var known = await dispositions.FindAsync([.. batch.Select(transfer => transfer.Id)], ct);
        foreach (var transfer in batch)
        {
            tally.Add(transfer, known.TryGetValue(transfer.Id, out var disposition) ? disposition : null);
        }

        batch.Clear();
    }

    private void Tell(BackTestRun run)
    {
        _current = run;
        try
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
        catch (Exception exception)
        {
            WatcherFailed(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The back-test of version {Version} ended early")]
    private static partial void EndedEarly(ILogger logger, int version, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A subscriber of the back-test failed")]
    private static partial void WatcherFailed(ILogger logger, Exception exception);
}
