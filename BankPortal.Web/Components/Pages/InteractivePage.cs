namespace BankPortal.Web.Components.Pages;

/// <summary>
/// A page that reads its data once, when it is interactive. The render before that shows skeletons, so nothing is read
/// twice and no balance is ever written into the page as persisted state; a <see cref="PrerenderedPage{TContent}"/> has its
/// content in the first response and still reads once. Show the result with <see cref="Controls.Loadable"/>. Actions of the person run in <see cref="RunAsync(Func{Task})"/> or
/// <see cref="RunOnceAsync(Func{Task})"/>, live updates in <see cref="RefreshAsync"/>: none of them throws.
/// </summary>
public abstract partial class InteractivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private object? _lastKey;
    private int _reading;

    protected InteractivePage() => Gone = _gone.Token;

    [Inject] public required ILoggerFactory LoggerFactory { get; init; }

    /// <summary>How far the reading of the data is.</summary>
    protected LoadState State { get; private set; } = LoadState.Loading;

    /// <summary>The reference of the last fault, which leads to the log.</summary>
    protected string? FaultReference { get; private set; }

    /// <summary>Whether the last <see cref="RefreshAsync"/> failed, so that what is shown may be out of date.</summary>
    protected bool IsStale { get; private set; }

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
            await LoadAsync(Gone);
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
    /// <param name="read">What to read; by default everything (<see cref="LoadAsync"/>).</param>
    protected Task RefreshAsync(Func<CancellationToken, Task>? read = null) => InvokeAsync(async () =>
    {
        if (Gone.IsCancellationRequested || State != LoadState.Ready)
        {
            return;
        }

        try
        {
            await (read ?? LoadAsync)(Gone);
            IsStale = false;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
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
    private protected void BecomeReady()
    {
        _reading++;
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
            _gone.Cancel();
            _gone.Dispose();
        }
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
