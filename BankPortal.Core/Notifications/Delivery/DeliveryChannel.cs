namespace BankPortal.Core.Notifications.Delivery;

/// <summary>How a message reaches somebody outside the portal. Stored by name: members may be added, never renamed.</summary>
public enum DeliveryChannel
{
    /// <summary>The person's confirmed e-mail address.</summary>
    Email,

    /// <summary>The telephone number that the person has confirmed for alerts.</summary>
    Sms,

    /// <summary>A topic of the bank's staff (fraud, compliance, operations), to which systems and mailboxes subscribe.</summary>
    StaffTopic,
}
