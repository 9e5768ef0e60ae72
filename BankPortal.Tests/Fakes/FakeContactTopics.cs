using BankPortal.Core.Notifications.Contacts;
using BankPortal.Core.Notifications.Delivery;

namespace BankPortal.Tests.Fakes;

/// <summary>A notification service in memory that does as told. Without <see cref="Offered"/> it is not configured.</summary>
public sealed class FakeContactTopics : IContactTopics
{
    private ImmutableDictionary<DeliveryChannel, ContactState> _states = ImmutableDictionary<DeliveryChannel, ContactState>.Empty;

    public ImmutableArray<DeliveryChannel> Offered { get; set; } = [];

    /// <summary>Every call fails while this is set.</summary>
    public bool IsDown { get; set; }

    /// <summary>Numbers and addresses that are refused.</summary>
    public ImmutableHashSet<string> Refused { get; set; } = [];

    /// <summary>The text messages to numbers that are not subscribed.</summary>
    public ConcurrentQueue<(string Number, string Text)> Texts { get; } = new();

    /// <summary>What the service knows about a person's addresses.</summary>
    public void Set(DeliveryChannel channel, ContactState state) => _states = _states.SetItem(channel, state);

    public Task<(string TopicId, ContactState State)?> SubscribeAsync(
        string personId, DeliveryChannel channel, string address, CancellationToken ct = default)
    {
        ThrowIfDown();
        if (Refused.Contains(address))
        {
            return Task.FromResult<(string, ContactState)?>(null);
        }

        var state = channel == DeliveryChannel.Sms ? ContactState.Confirmed : ContactState.Pending;
        Set(channel, state);
        return Task.FromResult<(string, ContactState)?>(("topic-" + personId, state));
    }

    public Task<IReadOnlyDictionary<DeliveryChannel, ContactState>?> ReadAsync(
        string topicId, ImmutableArray<ContactPoint> contacts, CancellationToken ct = default)
    {
        ThrowIfDown();
        return Task.FromResult<IReadOnlyDictionary<DeliveryChannel, ContactState>?>(_states);
    }

    public Task UnsubscribeAsync(string topicId, DeliveryChannel channel, CancellationToken ct = default)
    {
        ThrowIfDown();
        _states = _states.Remove(channel);
        return Task.CompletedTask;
    }

    public Task<bool> SendTextAsync(string number, string text, CancellationToken ct = default)
    {
        ThrowIfDown();
        var isTaken = !Refused.Contains(number);
        if (isTaken)
        {
            Texts.Enqueue((number, text));
        }

        return Task.FromResult(isTaken);
    }

    private void ThrowIfDown()
    {
        if (IsDown)
        {
            throw new TimeoutException("down");
        }
    }
}
