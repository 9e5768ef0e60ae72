namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>Reports which session ended and why.</summary>
/// <param name="userId">The user id of the owner.</param>
/// <param name="sessionId">The session's public id.</param>
/// <param name="reason">Why it ended.</param>
public sealed class SessionEndedEventArgs(string userId, string sessionId, SessionEndReason reason) : EventArgs
{
    /// <summary>The user id of the owner.</summary>
    public string UserId { get; } = userId;

    /// <summary>The session's public id.</summary>
    public string SessionId { get; } = sessionId;

    /// <summary>Why it ended.</summary>
    public SessionEndReason Reason { get; } = reason;
}
