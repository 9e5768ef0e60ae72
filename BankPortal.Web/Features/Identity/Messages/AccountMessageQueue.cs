using System.Threading.Channels;

namespace BankPortal.Web.Features.Identity.Messages;

/// <summary>
/// Messages waiting to be written, bounded. What does not fit is dropped and logged: each of them can be asked for again.
/// </summary>
public sealed class AccountMessageQueue(ILogger<AccountMessageQueue> logger)
{
    private const int Capacity = 2000;

    private readonly Channel<AccountMessageRequest> _channel =
        Channel.CreateBounded<AccountMessageRequest>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>The waiting messages, for the one who writes them.</summary>
    internal ChannelReader<AccountMessageRequest> Reader => _channel.Reader;

    /// <summary>Puts a message in the queue. Returns at once, whatever the address.</summary>
    public void Enqueue(AccountMessageRequest request)
    {
        if (!_channel.Writer.TryWrite(request))
        {
            logger.LogWarning("The queue of account messages is full; a message of kind {Kind} was dropped", request.Kind);
        }
    }

    /// <summary>Takes no more; what waits is still written.</summary>
    internal void Complete() => _channel.Writer.TryComplete();
}
