namespace BankPortal.Web.Components.Pages;

/// <summary>
/// Runs what a person asked for on a page or in a dialog, and turns faults into an <see cref="UnexpectedError"/> to show.
/// Pages use it through <see cref="InteractivePage"/>; components that are no pages use it directly.
/// </summary>
public static partial class PageAction
{
    /// <summary>Runs an action. It never throws.</summary>
    /// <param name="action">What to do.</param>
    /// <param name="logger">Takes a fault, under the reference that the person sees.</param>
    /// <param name="gone">Cancelled when the person leaves the page.</param>
    /// <returns>
    /// The fault; <see langword="null"/> when the action ran, when the person left before it ended, or when the session is over
    /// and the tab is being sent to the sign-in page.
    /// </returns>
    public static async Task<Error?> RunAsync(Func<Task> action, ILogger logger, CancellationToken gone = default)
    {
        try
        {
            await action();
            return null;
        }
        catch (SessionOverException)
        {
            // The tab is being sent to the sign-in page.
            return null;
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The person left before it was done.
            return null;
        }
#pragma warning disable CA1031 // Whatever fails is shown on the page, with a reference into the log.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return UnexpectedError.Log(logger, exception);
        }
    }

    /// <summary>Runs an action that may be refused. It never throws.</summary>
    /// <param name="action">What to do.</param>
    /// <param name="done">What follows a success, such as a toast; its faults count as faults of the action.</param>
    /// <param name="logger">Takes a fault, under the reference that the person sees.</param>
    /// <param name="gone">Cancelled when the person leaves the page.</param>
    /// <returns>The refusal or the fault; <see langword="null"/> as for
    /// <see cref="RunAsync(Func{Task}, ILogger, CancellationToken)"/>.</returns>
    public static async Task<Error?> RunAsync<T>(
        Func<Task<Result<T>>> action, Func<T, Task>? done, ILogger logger, CancellationToken gone = default)
        where T : notnull
    {
        Error? refusal = null;
        var fault = await RunAsync(
            async () =>
            {
                var result = await action();
                refusal = result.Error;
                if (result.IsSuccess && done is not null)
                {
                    await done(result.Value);
                }
            },
            logger,
            gone);
        return fault ?? refusal;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An action on a page failed; reference {Reference}")]
    internal static partial void ActionFailed(ILogger logger, string reference, Exception exception);
}
