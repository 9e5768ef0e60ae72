using BankPortal.Core.Notifications;

namespace BankPortal.Web.Features.Notifications.Inbox;

/// <summary>Follows the notices of other nodes, so that the bells of this node know of messages that another one stored.</summary>
internal sealed class InboxFollowerWorker(
    InboxFollower follower, TimeProvider time, ILogger<InboxFollowerWorker> logger) : BackgroundService
{
    private readonly FailureLog _failures = new(
        logger, time, "The notices of other nodes could not be read; bells show the new number at the next page");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(InboxFollower.Every, time, stoppingToken);
            try
            {
                await follower.FollowAsync(stoppingToken);
                _failures.Succeeded();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception exception)
            {
                // Bells are no truth: the next page reads the number anew.
                _failures.Failed(exception);
            }
        }
    }
}
