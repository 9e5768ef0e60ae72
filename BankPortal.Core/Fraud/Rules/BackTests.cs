using BankPortal.Core.Fraud.Cases;
using BankPortal.Core.Fraud.Engine;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>
/// Replays periods of the ledger through drafts, one at a time in this process, in the background: whoever started it may
/// leave. It uses the facts kept with each transfer, so it needs neither the accounts as they were nor much memory.
/// </summary>
public sealed partial class BackTests(
    RuleSetService rules, IRuleSetStore store, IBackTestStore reports, ITransferFeedReader feed, IDispositions dispositions,
    LedgerOptions ledger, TimeProvider time, ILogger<BackTests> logger) : IAsyncDisposable
{
    /// <summary>The longest period.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    // Transfers whose dispositions are read with one request.
    private const int AtOnce = 100;

    // The worker that rejects expired holds may be late by this much, so what was held at the end may be settled later still.
    private static readonly TimeSpan ExpiryDelay = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private CancellationTokenSource? _cancel;
    private Task _running = Task.CompletedTask;
    private volatile BackTestRun? _current;

    /// <summary>Something happened to the run; raised on the thread of the run, at most for every hundred transfers.</summary>
    public event EventHandler? Changed;

    /// <summary>The run that is going on, or the last one; <see langword="null"/> before the first.</summary>
    public BackTestRun? Current => _current;

    /// <summary>The latest report of a version.</summary>
    /// <returns>The report; or <see cref="NotAllowedError"/>, <see cref="NotFoundError"/>.</returns>
    public async Task<Result<BackTestReport>> FindReportAsync(Actor actor, int number, CancellationToken ct = default) =>
        !RuleSetService.MayRead(actor) ? new NotAllowedError()
        : await reports.FindAsync(number, ct) is { } report ? report
        : new NotFoundError("back-test");

    /// <summary>Starts a back-test.</summary>
    /// <param name="actor">Who starts it.</param>
    /// <param name="number">The draft.</param>
    /// <param name="from">The beginning of the period, inclusive.</param>
    /// <param name="before">The end of the period, exclusive.</param>
    /// <param name="ct">Cancels starting it, not the run.</param>
    public async Task<Result<BackTestRun>> StartAsync(Actor actor, int number, DateTimeOffset from, DateTimeOffset before, CancellationToken ct = default)
    {
        if (!RuleSetService.MayWrite(actor))
        {
            return new NotAllowedError();
        }

        var now = time.GetUtcNow();
        before = before > now ? now : before;
        if (from >= before)
        {
            return new InvalidInputError("from", "The period begins before it ends, and not in the future.");
        }

        if (before - from > Longest)
        {
            return new InvalidInputError("from", $"A back-test replays {Longest.TotalDays.ToString(CultureInfo.InvariantCulture)} days at most.");
        }

        if (await store.FindAsync(number, ct) is not { } draft
            || await store.ReadPointersAsync(ct) is not { } pointers
            || await store.FindAsync(pointers.Live, ct) is not { } live)
        {
            return new NotFoundError("version of the rules");
        }

        if (draft.State is not (RuleSetState.Draft or RuleSetState.BackTested or RuleSetState.Shadow))
        {
            return new NotInThatStateError(draft.State, "Only drafts and the version in shadow are back-tested.");
        }

        if (RuleSetValidator.Find(draft.Set) is { IsEmpty: false } mistakes)
        {
            return new RulesInvalidError(mistakes);
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

    /// <summary>Cancels the run of a version, whoever started it.</summary>
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

    /// <summary>Ends when the run that is going on ends.</summary>
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
