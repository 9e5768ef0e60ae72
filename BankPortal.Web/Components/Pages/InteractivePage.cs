namespace BankPortal.Web.Components.Pages;

/// <summary>
/// A page that reads its data once, when it is interactive. The render before that shows skeletons, so nothing is read
/// twice and no balance is ever written into the page as persisted state. Show the result with
/// <see cref="Controls.Loadable"/>.
/// </summary>
public abstract partial class InteractivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private object? _lastKey;
    private int _reading;

    protected InteractivePage() => Gone = _gone.Token;

    [Inject]
    public required ILoggerFactory LoggerFactory { get; init; }

    /// <summary>How far the reading of the data is.</summary>
    protected LoadState State { get; private set; } = LoadState.Loading;

    /// <summary>The reference of the last fault, which leads to the log.</summary>
    protected string? FaultReference { get; private set; }

    /// <summary>Cancelled when the person leaves the page.</summary>
    protected CancellationToken Gone { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads what the page shows. Faults become an error box with "Try again"; refusals are values the page shows itself.</summary>
    protected abstract Task LoadAsync(CancellationToken ct);

    /// <summary>What the page is about, from its parameters; when it changes the data is read again. Null: read once.</summary>
    protected virtual object? LoadKey => null;

    /// <summary>Reads again, with skeletons meanwhile if <paramref name="quietly"/> is false.</summary>
    protected async Task ReloadAsync(bool quietly = false)
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
            Finish(mine, LoadState.Ready, null);
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
            LoadFailed(LoggerFactory.CreateLogger(GetType()), reference, exception);
            Finish(mine, LoadState.Failed, reference);
        }
    }

    /// <summary>For <see cref="Controls.Loadable"/>'s button.</summary>
    protected Task RetryAsync() => ReloadAsync();

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        var key = LoadKey;
        if (_reading == 0 || !Equals(key, _lastKey))
        {
            _lastKey = key;
            await ReloadAsync();
        }
    }

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

    // A reading that was overtaken by a newer one says nothing any more.
    private void Finish(int reading, LoadState state, string? reference)
    {
        if (reading != _reading || _gone.IsCancellationRequested)
        {
            return;
        }

        State = state;
        FaultReference = reference;
        StateHasChanged();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page could not read its data; reference {Reference}")]
    private static partial void LoadFailed(ILogger logger, string reference, Exception exception);
}
