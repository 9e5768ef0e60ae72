namespace BankPortal.Web.Features.Identity.Access;

/// <summary>Carries out the staff actions that somebody confirmed in a dialog, as the user who is signed in on the server.</summary>
public sealed class StaffActions(ActorProvider actors, StaffStepUp stepUp, Toasts toasts, ILogger<StaffActions> logger)
{
    /// <summary>
    /// Carries out an action. One that has begun is finished even if the person leaves the page: give the action no token of
    /// the page. If the proof of the second factor has become too old, the tab goes to the page that asks for it.
    /// </summary>
    /// <param name="action">The action.</param>
    /// <param name="done">What follows a success.</param>
    /// <returns>The refusal or fault to show; <see langword="null"/> when it was done.</returns>
    public async Task<Error?> RunAsync<T>(Func<Actor, Task<Result<T>>> action, Func<T, Task>? done = null)
        where T : notnull
    {
        var refusal = await PageAction.RunAsync(async () => await action(await actors.GetAsync()), done, logger);
        stepUp.AskIfStale(refusal);
        return refusal;
    }

    /// <summary>Carries out an action about one subject, says so in a toast, and has the page read again.</summary>
    /// <param name="action">The action, without a token of the page.</param>
    /// <param name="done">What was done, for the toast: "Frozen".</param>
    /// <param name="subject">To what or whom, for the toast.</param>
    /// <param name="reload">Reads the page again.</param>
    /// <returns>The refusal or fault to show; <see langword="null"/> when it was done.</returns>
    public Task<Error?> RunAsync<T>(Func<Actor, Task<Result<T>>> action, string done, string subject, Func<Task> reload)
        where T : notnull => RunAsync(action, _ =>
        {
            toasts.Done(done, subject);
            return reload();
        });
}
