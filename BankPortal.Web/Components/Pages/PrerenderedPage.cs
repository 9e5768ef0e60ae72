using Microsoft.AspNetCore.Components.Web;

namespace BankPortal.Web.Components.Pages;

/// <summary>
/// An interactive page whose content is already in the first response. The server reads it while it renders the page, hands it
/// to the circuit through <see cref="HandOverStore"/>, and the circuit shows the same without reading again. The page that is
/// sent carries no data for that but a random token. When the server cannot read in time, or somebody without a live session
/// asks, the first response shows the skeleton and the circuit reads, as on any <see cref="InteractivePage"/>.
/// </summary>
/// <typeparam name="TContent">
/// What the page shows, as it was read: immutable, without anything formatted for the reader, and complete, so that
/// <see cref="Show"/> needs nothing else.
/// </typeparam>
public abstract partial class PrerenderedPage<TContent> : InteractivePage
    where TContent : class
{
    /// <summary>How long the first response waits for the content.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private PersistingComponentStateSubscription _persisting;
    private ChangeWatch? _watch;
    private object? _watchedKey;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required UserTimeZone UserTimeZone { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    [Inject] public required PersistentComponentState Persisted { get; init; }

    [Inject] internal HandOverStore HandOvers { get; init; } = null!;

    private string TokenName => "hand-over:" + GetType().Name;

    /// <summary>Reads what the page shows. Changes nothing of the page: that is for <see cref="Show"/>.</summary>
    protected abstract Task<TContent> ReadAsync(Actor actor, CancellationToken ct);

    /// <summary>
    /// Takes a content into the page. It may be out of date when parameters changed while it was read: then it is ignored.
    /// </summary>
    protected abstract void Show(TContent content);

    /// <summary>
    /// Subscribes to a feed of changes, before anything is read, or does nothing. What is subscribed may not refer to the page
    /// itself: it outlives the page of the first response.
    /// </summary>
    /// <param name="userId">The person whose page it is.</param>
    /// <param name="changed">To be called on a change, on any thread.</param>
    /// <returns>Disposed when the page is left, or when <see cref="InteractivePage.LoadKey"/> changes.</returns>
    protected virtual IDisposable? Follow(string userId, Action changed) => null;

    /// <summary>Something changed since the content was read. Called on any thread, only while the page is interactive.</summary>
    protected virtual void OnChanged()
    {
        if (Live is null)
        {
            _ = RefreshAsync();
        }
        else
        {
            ReadSoon();
        }
    }

    protected sealed override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        if (_watch is null || !Equals(_watchedKey, LoadKey))
        {
            // Watching begins before reading, so that nothing falls in between.
            _watch?.Dispose();
            _watch = Watch(actor.UserId);
        }

        Show(await ReadAsync(actor, ct));
    }

    private protected sealed override async Task PrerenderAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        using var timer = Time.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), limit, LongestWait, Timeout.InfiniteTimeSpan);
        try
        {
            // Without a live session nothing is read; the circuit finds the same and sends the tab to the sign-in page.
            if (await Actors.FindAsync(limit.Token) is not { SessionId: { } sessionId } actor)
            {
                return;
            }

            _watch = Watch(actor.UserId);
            var content = await ReadAsync(actor, limit.Token);
            Show(content);
            BecomeReady();
            _persisting = Persisted.RegisterOnPersisting(
                () => PersistAsync(new SessionHandle(actor.UserId, sessionId), content), RenderMode.InteractiveServer);
        }
#pragma warning disable CA1031 // Whatever fails here is tried again by the circuit, which shows it if it fails there too.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!Gone.IsCancellationRequested)
            {
                PrerenderFailed(Logger, exception);
            }
        }
    }

    private protected sealed override async Task<bool> TakeOverAsync()
    {
        // Nothing is waited for before the content is shown: in the circuit it is known who is signed in.
        if (!Persisted.TryTakeFromJson<string>(TokenName, out var token)
            || token is null
            || await Actors.FindSessionAsync() is not { } owner
            || HandOvers.Take(token, KeyOf(owner)) is not { } handOver)
        {
            return false;
        }

        (_watch, _watchedKey) = (handOver.Watch, LoadKey);
        Show((TContent)handOver.Content);
        BecomeReady(handOver.ReadAt);
        return true;
    }

    private protected sealed override async Task ConfirmAsync()
    {
        // The gate has checked the session for the first response; mostly that was a moment ago, and it is not asked again.
        try
        {
            await Actors.GetAsync(Gone);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            return;
        }
        catch (SessionOverException)
        {
            // The tab is being sent to the sign-in page.
            BecomeLoading();
            return;
        }
#pragma warning disable CA1031 // What is shown stays; the next command or reading checks again and says what is wrong.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ConfirmFailed(Logger, exception);
        }

        OnRead();
    }

    /// <summary>From now on the page is ready to follow; what changed while it was read is passed on at once.</summary>
    private protected sealed override void OnRead() => _watch?.PassTo(OnChanged);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _persisting.Dispose();
            _watch?.Dispose();
        }

        base.Dispose(disposing);
    }

    private ChangeWatch Watch(string userId)
    {
        _watchedKey = LoadKey;
        var watch = new ChangeWatch();
        watch.Keep(Follow(userId, watch.Signal));
        return watch;
    }

    private Task PersistAsync(SessionHandle owner, TContent content)
    {
        if (_watch is { } watch)
        {
            // From here on it belongs to the store.
            _watch = null;
            Persisted.PersistAsJson(TokenName, HandOvers.Put(KeyOf(owner), new HandOver(content, watch) { ReadAt = ReadAt }));
        }

        return Task.CompletedTask;
    }

    private HandOverKey KeyOf(SessionHandle owner) =>
        new(owner, GetType(), new Uri(Navigation.Uri).PathAndQuery, UserTimeZone.Zone.Id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A page could not be read for its first response; the circuit reads it")]
    private static partial void PrerenderFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The session behind a page that was taken over could not be checked")]
    private static partial void ConfirmFailed(ILogger logger, Exception exception);
}
