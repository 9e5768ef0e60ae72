namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>What the pages of cases share: they follow what changes, and what was on screen stays when reading again fails.</summary>
public abstract class CasePageBase : InteractivePage
{
    private CaseWatch? _watch;

    [Inject]
    public required ActorProvider Actors { get; init; }

    [Inject]
    public required CaseService Cases { get; init; }

    [Inject]
    public required CaseReader Desk { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>Since when what is shown could not be read again; <see langword="null"/> while it is current.</summary>
    protected DateTimeOffset? StaleSince { get; private set; }

    /// <summary>Whether a change of that case is one of what is shown.</summary>
    protected abstract bool Concerns(string? caseId);

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && RendererInfo.IsInteractive)
        {
            _watch = new CaseWatch(Feed, Concerns, RefreshAsync, Clock);
        }
    }

    /// <summary>Reads again; what is on screen stays meanwhile, and when it fails.</summary>
    protected Task RefreshAsync() => InvokeAsync(async () =>
    {
        if (State != LoadState.Ready || Gone.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await LoadAsync(Gone);
            StaleSince = null;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            return;
        }
        catch (SessionOverException)
        {
            return;
        }
#pragma warning disable CA1031 // Whatever it was, the next time reads again; the screen says how old it is.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            UnexpectedError.Log(LoggerFactory.CreateLogger(GetType()), exception);
            StaleSince ??= Clock.GetUtcNow();
        }

        StateHasChanged();
    });

    /// <summary>Carries a command out; what goes wrong unexpectedly becomes words with a reference.</summary>
    protected async Task<Error?> DoAsync<T>(Func<Actor, Task<Result<T>>> command, Func<T, Task>? done = null)
        where T : notnull
    {
        try
        {
            var result = await command(await Actors.GetAsync(Gone));
            if (result.IsSuccess && done is not null)
            {
                await done(result.Value);
            }

            return result.Error;
        }
        catch (SessionOverException)
        {
            // The tab is being sent to the sign-in page.
            return null;
        }
#pragma warning disable CA1031 // Whatever fails is said where the person looks, with a reference into the log.
        catch (Exception exception) when (!Gone.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return UnexpectedError.Log(LoggerFactory.CreateLogger(GetType()), exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watch?.Dispose();
        }

        base.Dispose(disposing);
    }
}
