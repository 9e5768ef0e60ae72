namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>The base of the pages about cases: they follow changes, and keep what is on screen when reading again fails.</summary>
public abstract class CasePageBase : InteractivePage
{
    private IDisposable? _watching;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required CaseService Cases { get; init; }

    [Inject] public required CaseReader Desk { get; init; }

    [Inject] public required CaseFeed Feed { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    /// <summary>Changes by other nodes are seen within 20 seconds.</summary>
    protected override LivePlan Live { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));

    /// <summary>Whether the page shows something of that case; without a case, of the alerts that are in none.</summary>
    protected abstract bool Concerns(string? caseId);

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && RendererInfo.IsInteractive)
        {
            _watching = Feed.Subscribe(caseId =>
            {
                if (Concerns(caseId))
                {
                    ReadSoon();
                }
            });
        }
    }

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
            _watching?.Dispose();
        }

        base.Dispose(disposing);
    }
}
