namespace BankPortal.Web.Features.Fraud.Desk;

/// <summary>Carries out what somebody at the desk decided in a dialog, as who they are on the server, and gives back what to show when it is refused or fails.</summary>
public sealed class StaffActions(ActorProvider actors, ILogger<StaffActions> logger)
{
    /// <summary>Does it. What has begun is carried out, whoever leaves the page: give the act no token of the page.</summary>
    /// <returns>Why it was not done; <see langword="null"/> when it was.</returns>
    public async Task<Error?> DoAsync<T>(Func<Actor, Task<Result<T>>> act)
        where T : notnull
    {
        try
        {
            return (await act(await actors.GetAsync())).Error;
        }
        catch (SessionOverException)
        {
            // The tab is being sent to the sign-in page.
            return null;
        }
#pragma warning disable CA1031 // Whatever fails is said where the person looks, with a reference into the log.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return UnexpectedError.Log(logger, exception);
        }
    }
}
