namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>Reports which session got a new key.</summary>
/// <param name="sessionId">The session's public id.</param>
/// <param name="keyNumber">The number of the new key.</param>
public sealed class SessionRenewedEventArgs(string sessionId, long keyNumber) : EventArgs
{
    /// <summary>The session's public id.</summary>
    public string SessionId { get; } = sessionId;

    /// <summary>The number of the new key.</summary>
    public long KeyNumber { get; } = keyNumber;
}
