using BankPortal.Core.Common.Events;

namespace BankPortal.Core.Notifications.Delivery;

/// <summary>The messages that wait to be sent over channels, as events whose time is the one at which they are due.</summary>
public interface IDeliveryOutbox : IEventOutbox
{
    /// <summary>Raised when this process stores messages to send.</summary>
    EventSignal Signal { get; }
}
