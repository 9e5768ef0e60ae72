namespace BankPortal.Web.Components.Pages;

/// <summary>
/// A page that reads its data once, when it is interactive. The render before that shows skeletons, so nothing is read
/// twice and no balance is ever written into the page as persisted state; a <see cref="PrerenderedPage{TContent}"/> has its
/// content in the first response and still reads once. Show the result with <see cref="Controls.Loadable"/>. Actions of the person run in <see cref="RunAsync(Func{Task})"/> or
/// <see cref="RunOnceAsync(Func{Task})"/>, live updates in <see cref="RefreshAsync"/>: none of them throws. A page that follows changes has
/// a <see cref="Live"/> plan, calls <see cref="ReadSoon"/> on a notice, and shows <see cref="StaleAsOf"/> in a
/// <see cref="Controls.StaleNote"/>.
/// </summary>
public abstract partial class InteractivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private object? _lastKey;
    private int _reading;
    private LiveRefresh? _refresh;
    private IDisposable? _watchingData;
    private ITimer? _regular;
    private ITimer? _again;
    private CancellationTokenSource? _refreshing;
    private int _failures;

    protected InteractivePage() => Gone = _gone.Token;

    /// <summary>The longest time by which pages spread their readings when the database answers again.</summary>
    internal static readonly TimeSpan Spread = TimeSpan.FromMilliseconds(400);

    // Pauses after readings that failed although the database answers double from the first to the longest.
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(10);

    [Inject] public required ILoggerFactory LoggerFactory { get; init; }

    [Inject] internal DataWatch Data { get; init; } = null!;

    /// <summary>How far the reading of the data is.</summary>
    protected LoadState State { get; private set; } = LoadState.Loading;

    /// <summary>The reference of the last fault, which leads to the log.</summary>
    protected string? FaultReference { get; private set; }

    /// <summary>Whether the last <see cref="RefreshAsync"/> failed, or the database did not answer since then, so that what is shown may be
    /// out of date.</summary>
    protected bool IsStale { get; private set; }

    /// <summary>When what is shown was read.</summary>
    protected DateTimeOffset? ReadAt { get; private set; }

    /// <summary>When what is shown was read, if it may be out of date; otherwise <see langword="null"/>.</summary>
    protected DateTimeOffset? StaleAsOf => State == LoadState.Ready && (IsStale || (Live is not null && !Data.Answers)) ? ReadAt : null;

    /// <summary>Whether an action of <see cref="RunOnceAsync(Func{Task})"/> is running.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>Cancelled when the person leaves the page.</summary>
    protected CancellationToken Gone { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Reads what the page shows. Faults become an error box with "Try again"; refusals are values the page shows itself.
    /// </summary>
    protected abstract Task LoadAsync(CancellationToken ct);

    /// <summary>What the page is about, from its parameters; when it changes the data is read again. Null: read once.</summary>
    protected virtual object? LoadKey => null;

    /// <summary>
    /// Whether what is shown stays while another <see cref="LoadKey"/> is read, so that the focus does too: for lists, where it changes
    /// with each filter, order and page.
    /// </summary>
    protected virtual bool KeepsContent => false;

    /// <summary>
    /// How the page is kept up to date while it is open; <see langword="null"/> for a page that is not live. A live page is read again after
    /// <see cref="ReadSoon"/>, regularly if the plan says so, and as soon as the database answers after it did not.
    /// </summary>
    protected virtual LivePlan? Live => null;

    /// <summary>Reads what is shown again, for a live page; by default everything.</summary>
    protected virtual Task ReadLiveAsync(CancellationToken ct) => LoadAsync(ct);

    /// <summary>Something that the live page shows has changed. May be called on any thread; never waits.</summary>
    protected void ReadSoon() => _refresh?.Signal();

    /// <summary>The database answers again: reads what is shown. Runs with the page, and only while it is open.</summary>
    protected virtual void OnDataAnswers()
    {
        if (State == LoadState.Failed)
        {
            _ = ReloadAsync();
            return;
        }

        // A reading that still waits for the answer of before would keep the new one waiting.
        _refreshing?.Cancel();
        _refresh?.SignalNow();
    }

    /// <summary>Reads again, with skeletons meanwhile if <paramref name="quietly"/> is false.</summary>
    protected Task ReloadAsync(bool quietly = false) => ReadAsync(quietly, draw: true);

    private async Task ReadAsync(bool quietly, bool draw)
    {
        var mine = ++_reading;
        if (!quietly)
        {
            State = LoadState.Loading;
            StateHasChanged();
        }

        try
        {
            var begun = Data.Time.GetUtcNow();
            await LoadAsync(Gone);
            ReadAt = begun;
            Finish(mine, LoadState.Ready, null, draw);
            OnRead();
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // Left before it was read.
        }
        catch (SessionOverException)
        {
            // The tab is being sent to the sign-in page.
        }
#pragma warning disable CA1031 // Whatever fails while reading ends in the same error box, with a reference into the log.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var reference = ErrorReference.New();
            LoadFailed(Logger, reference, exception);
            Finish(mine, LoadState.Failed, reference, draw);
        }
    }

    /// <summary>For <see cref="Controls.Loadable"/>'s button.</summary>
    protected Task RetryAsync() => ReloadAsync();

    /// <summary>Runs an action of the person, such as a command to the bank, with the error handling that all pages share.</summary>
    /// <returns>
    /// The fault to show, which is logged under its reference; <see langword="null"/> when the action ran, when the person left
    /// meanwhile, or when the session is over and the tab is being sent to the sign-in page.
    /// </returns>
    protected Task<Error?> RunAsync(Func<Task> action) => PageAction.RunAsync(action, Logger, Gone);

    /// <summary>Runs an action of the person that may be refused, with the error handling that all pages share.</summary>
    /// <param name="action">What to do.</param>
    /// <param name="done">What follows a success, such as a toast.</param>
    /// <returns>The refusal or the fault to show; otherwise <see langword="null"/>, see <see cref="RunAsync(Func{Task})"/>.</returns>
    protected Task<Error?> RunAsync<T>(Func<Task<Result<T>>> action, Func<T, Task>? done = null)
        where T : notnull => PageAction.RunAsync(action, done, Logger, Gone);

    /// <summary>
    /// Runs an action as <see cref="RunAsync(Func{Task})"/> does, unless the page is still loading or another such action is
    /// running: a second click can arrive before the button is seen disabled. Disable the button by <see cref="IsBusy"/>.
    /// </summary>
    protected async Task<Error?> RunOnceAsync(Func<Task> action)
    {
        if (IsBusy || State != LoadState.Ready)
        {
            return null;
        }

        IsBusy = true;
        try
        {
            return await RunAsync(action);
        }
        finally
        {
            IsBusy = false;
        }
    }

    /// <summary>Runs an action that may be refused, unless another is running; see <see cref="RunOnceAsync(Func{Task})"/>.</summary>
    /// <param name="action">What to do.</param>
    /// <param name="done">What follows a success, such as a toast.</param>
    /// <returns>The refusal or the fault to show; otherwise <see langword="null"/>.</returns>
    protected async Task<Error?> RunOnceAsync<T>(Func<Task<Result<T>>> action, Action<T> done)
        where T : notnull
    {
        Error? refusal = null;
        var fault = await RunOnceAsync(async () =>
        {
            var result = await action();
            refusal = result.Error;
            if (result.IsSuccess)
            {
                done(result.Value);
            }
        });
        return fault ?? refusal;
    }

    /// <summary>
    /// Brings what is shown up to date without disturbing the person: no skeleton, and what is on screen stays when reading
    /// fails. A failure sets <see cref="IsStale"/> and is logged; repeated failures are logged at debug level only. Does nothing
    /// while the page is not <see cref="LoadState.Ready"/>. May be called on any thread, as from a feed or a timer.
    /// </summary>
    /// <param name="read">What to read; by default <see cref="ReadLiveAsync"/>.</param>
    protected Task RefreshAsync(Func<CancellationToken, Task>? read = null) => InvokeAsync(async () =>
    {
        if (Gone.IsCancellationRequested || State != LoadState.Ready)
        {
            return;
        }

        using var refreshing = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        _refreshing = refreshing;
        try
        {
            var begun = Data.Time.GetUtcNow();
            await (read ?? ReadLiveAsync)(refreshing.Token);
            (ReadAt, IsStale, _failures) = (begun, false, 0);
        }
        catch (OperationCanceledException) when (refreshing.IsCancellationRequested)
        {
            // The person left, or another reading takes its place.
            return;
        }
        catch (SessionOverException)
        {
            // The tab is being sent to the sign-in page.
            return;
        }
#pragma warning disable CA1031 // A live page must outlive any fault of one reading.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            RefreshFailed(Logger, IsStale ? LogLevel.Debug : LogLevel.Warning, exception);
            IsStale = true;
            RetryLater();
        }
        finally
        {
            if (_refreshing == refreshing)
            {
                _refreshing = null;
            }
        }

        if (!Gone.IsCancellationRequested)
        {
            StateHasChanged();
        }
    });

    /// <inheritdoc cref="PageFocus.TryAsync"/>
    protected static Task TryFocusAsync(Func<ValueTask> focus) => PageFocus.TryAsync(focus);

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            await PrerenderAsync();
            return;
        }

        BeLive();
        var key = LoadKey;
        if (_reading != 0 && Equals(key, _lastKey))
        {
            return;
        }

        var isFirst = _reading == 0;
        _lastKey = key;
        if (isFirst && await TakeOverAsync())
        {
            await ConfirmAsync();
            return;
        }

        // The framework draws the page when this method is done. Drawing it here too would draw all of it twice, and keep both.
        await ReadAsync(quietly: KeepsContent && State == LoadState.Ready, draw: false);
    }

    /// <summary>The render before the circuit is up, for the first response.</summary>
    private protected virtual Task PrerenderAsync() => Task.CompletedTask;

    /// <summary>
    /// Shows what the first response showed, without reading. Nothing may be waited for before it is shown, or the skeleton
    /// would be seen in between.
    /// </summary>
    /// <returns>Whether that was possible.</returns>
    private protected virtual Task<bool> TakeOverAsync() => Task.FromResult(false);

    /// <summary>Checks, after <see cref="TakeOverAsync"/>, that the person may still see it.</summary>
    private protected virtual Task ConfirmAsync() => Task.CompletedTask;

    /// <summary>The data was read and the page is ready.</summary>
    private protected virtual void OnRead()
    {
    }

    /// <summary>Marks the page as ready without a reading of its own.</summary>
    /// <param name="readAt">When what it shows was read; <see langword="null"/> for just now.</param>
    private protected void BecomeReady(DateTimeOffset? readAt = null)
    {
        _reading++;
        ReadAt = readAt ?? Data.Time.GetUtcNow();
        State = LoadState.Ready;
    }

    /// <summary>Takes the content off the screen: the session is over.</summary>
    private protected void BecomeLoading() => State = LoadState.Loading;

    /// <summary>
    /// Brings work of another thread (a feed, a timer) to the page, with the reader's culture. The culture flows with the
    /// call: without this, money another person sends would be shown here in that person's number format.
    /// </summary>
    protected new Task InvokeAsync(Func<Task> workItem) => base.InvokeAsync(async () =>
    {
        // Set inside an async method, so that it ends with the work and does not reach whoever called.
        CultureInfo.CurrentCulture = _culture;
        await workItem();
    });

    /// <inheritdoc cref="InvokeAsync(Func{Task})"/>
    protected new Task InvokeAsync(Action workItem) => InvokeAsync(() =>
    {
        workItem();
        return Task.CompletedTask;
    });

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watchingData?.Dispose();
            _regular?.Dispose();
            _again?.Dispose();
            _refresh?.Dispose();
            _gone.Cancel();
            _gone.Dispose();
        }
    }

    private void BeLive()
    {
        if (_refresh is not null || Live is not { } plan)
        {
            return;
        }

        _refresh = new LiveRefresh(plan.Pause, () => RefreshAsync(), Data.Time);
        _watchingData = Data.Watch(answers => _ = InvokeAsync(() => OnData(answers)));
        _regular = plan.Every is { } every ? Data.Time.CreateTimer(_ => ReadRegularly(), null, every, every) : null;
    }

    // Without an answer to expect, pages leave the asking to the watch.
    private void ReadRegularly()
    {
        if (Data.Answers)
        {
            ReadSoon();
        }
    }

    private void OnData(bool answers)
    {
        if (Gone.IsCancellationRequested)
        {
            return;
        }

        if (answers)
        {
            // Not all pages at the same moment.
            Again(Spread * Random.Shared.NextDouble(), OnDataAnswers);
        }
        else if (State == LoadState.Ready)
        {
            IsStale = true;
            StateHasChanged();
        }
    }

    // While the database does not answer, nothing is tried: the watch tells when it does.
    private void RetryLater()
    {
        if (_refresh is { } refresh && Data.Answers && !Gone.IsCancellationRequested)
        {
            var pause = FirstRetry * Math.Pow(2, Math.Min(_failures++, 4));
            Again(pause < LongestRetry ? pause : LongestRetry, refresh.Signal);
        }
    }

    private void Again(TimeSpan after, Action action)
    {
        _again?.Dispose();
        _again = Data.Time.CreateTimer(
            _ => _ = InvokeAsync(() =>
            {
                if (!Gone.IsCancellationRequested)
                {
                    action();
                }
            }),
            null,
            after,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>A logger of the page's own type.</summary>
    protected ILogger Logger => LoggerFactory.CreateLogger(GetType());

    // The result of a reading that was overtaken by a newer one is ignored.
    private void Finish(int reading, LoadState state, string? reference, bool draw)
    {
        if (reading != _reading || _gone.IsCancellationRequested)
        {
            return;
        }

        State = state;
        FaultReference = reference;
        IsStale = false;
        if (draw)
        {
            StateHasChanged();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page could not read its data; reference {Reference}")]
    private static partial void LoadFailed(ILogger logger, string reference, Exception exception);

    [LoggerMessage(Message = "A page could not bring its data up to date; what it showed before stays")]
    private static partial void RefreshFailed(ILogger logger, LogLevel level, Exception exception);
}
