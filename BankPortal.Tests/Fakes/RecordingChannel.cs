using BankPortal.Core.Notifications.Delivery;

namespace BankPortal.Tests.Fakes;

/// <summary>A channel that keeps what it is given, and fails or refuses as told.</summary>
public sealed class RecordingChannel(DeliveryChannel channel) : IDeliveryChannel
{
    private readonly Lock _gate = new();
    private ImmutableList<Delivery> _sent = [];

    public DeliveryChannel Channel => channel;

    public bool IsAvailable { get; set; } = true;

    public bool IsUsedByIdentity { get; set; } = channel == DeliveryChannel.Email;

    /// <summary>What was sent, in order.</summary>
    public ImmutableList<Delivery> Sent => _sent;

    /// <summary>What happens to a delivery: an exception, or the outcome.</summary>
    public Func<Delivery, DeliveryOutcome> Answer { get; set; } = _ => DeliveryOutcome.Sent;

    /// <summary>How often the channel was asked.</summary>
    public int Asked { get; private set; }

    public Task<DeliveryOutcome> SendAsync(Delivery delivery, CancellationToken ct = default)
    {
        lock (_gate)
        {
            Asked++;
            var outcome = Answer(delivery);
            _sent = outcome == DeliveryOutcome.Sent ? _sent.Add(delivery) : _sent;
            return Task.FromResult(outcome);
        }
    }
}
