using System.Threading.Channels;

namespace BankPortal.Web.Features.Identity.Messages;

/// <summary>
/// The bounded queue of messages to send. A message that does not fit is dropped and logged; the person can ask for it again.
/// </summary>
public sealed partial class AccountMessageQueue(ILogger<AccountMessageQueue> logger)
{
    // Far more than people can ask for while a mail server is slow; more would be an attack and is dropped.
    private const int Capacity = 2000;

    private readonly Channel<AccountMessageRequest> _channel =
        Channel.CreateBounded<AccountMessageRequest>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>The waiting messages, for the worker.</summary>
    internal ChannelReader<AccountMessageRequest> Reader => _channel.Reader;

    /// <summary>Puts a message in the queue. Returns at once, whatever the address.</summary>
    public void Enqueue(AccountMessageRequest request)
    {
        if (!_channel.Writer.TryWrite(request))
        {
            QueueFull(logger, request.Kind);
        }
    }

    /// <summary>Accepts no more messages. Those in the queue are still sent.</summary>
    internal void Complete() => _channel.Writer.TryComplete();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue of account messages is full; a message of kind {Kind} was dropped")]
    private static partial void QueueFull(ILogger logger, AccountMessageKind kind);
}
