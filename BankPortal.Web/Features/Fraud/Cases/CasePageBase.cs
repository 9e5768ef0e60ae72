namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>The base of the pages about cases: they follow changes, and keep what is on screen when reading again fails.</summary>
public abstract class CasePageBase : InteractivePage
{
    private CaseWatch? _watch;
    private DateTimeOffset? _refreshFailedAt;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required CaseService Cases { get; init; }

    [Inject] public required CaseReader Desk { get; init; }

    [Inject] public required CaseFeed Feed { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    /// <summary>When reading again failed first; <see langword="null"/> while what is shown is current.</summary>
    protected DateTimeOffset? StaleSince => IsStale ? _refreshFailedAt : null;

    /// <summary>Whether the page shows something of that case; without a case, of the alerts that are in none.</summary>
    protected abstract bool Concerns(string? caseId);

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && RendererInfo.IsInteractive)
        {
            _watch = new CaseWatch(Feed, Concerns, RefreshAsync, Clock);
        }
    }

    /// <summary>Reads again. What is on screen stays meanwhile, and when reading fails.</summary>
    protected Task RefreshAsync() => RefreshAsync(async ct =>
    {
        _refreshFailedAt ??= Clock.GetUtcNow();
        await LoadAsync(ct);
        _refreshFailedAt = null;
    });

    /// <summary>Carries out a command as the user who is signed in.</summary>
    /// <param name="command">The command.</param>
    /// <param name="done">What follows a success.</param>
    /// <returns>The refusal or fault to show; otherwise <see langword="null"/>.</returns>
    protected Task<Error?> RunAsync<T>(Func<Actor, Task<Result<T>>> command, Func<T, Task>? done = null)
        where T : notnull => RunAsync(async () => await command(await Actors.GetAsync(Gone)), done);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watch?.Dispose();
        }

        base.Dispose(disposing);
    }
}
