namespace BankPortal.Core.Notifications;

/// <summary>A message in a person's notification centre.</summary>
/// <param name="PersonId">Whose message it is.</param>
/// <param name="Id">Derived from the event and the person, so that an event that is dispatched twice gives one message.</param>
/// <param name="Topic">What it is about, for the filter.</param>
/// <param name="At">When it happened.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">One or two plain sentences. No full account number, no secret.</param>
/// <param name="Reference">The reference to quote, such as the transfer's; may be empty.</param>
/// <param name="Link">The path of the page that shows more; <see langword="null"/> for none.</param>
public sealed record InboxMessage(
    string PersonId, string Id, MessageTopic Topic, DateTimeOffset At, string Title, string Text, string Reference, string? Link)
{
    /// <summary>Whether the person has read it, or wants no count of such messages at the bell.</summary>
    public bool IsRead { get; init; }

    /// <summary>What people choose channels by.</summary>
    public AlertKind Kind { get; init; }

    /// <summary>Whether the module Identity tells the person by e-mail at once.</summary>
    public bool IsSentByIdentity { get; init; }

    /// <summary>The e-mail address it goes to in place of the person's own; not stored with the message, <see langword="null"/> as a
    /// rule. Such a message goes by e-mail only.</summary>
    public string? SendTo { get; init; }
}

/// <summary>What a message is about. Stored by name: members may be added, never renamed.</summary>
public enum MessageTopic
{
    /// <summary>Money that moved.</summary>
    Money,

    /// <summary>An account: opened, closed, frozen, its statements.</summary>
    Accounts,

    /// <summary>Signing in and credentials.</summary>
    Security,

    /// <summary>Standing orders, requests for money, budgets.</summary>
    Planning,

    /// <summary>Work of staff.</summary>
    Work,
}
