using BankPortal.Core.Notifications;

namespace BankPortal.Infrastructure.Notifications;

/// <summary>A message in the development mailbox.</summary>
/// <param name="Notification">The message.</param>
/// <param name="ReceivedAt">When it was put there.</param>
public sealed record MailboxMessage(Notification Notification, DateTimeOffset ReceivedAt);
