namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>Nobody may act here any more: the session is over. The tab is sent to the sign-in page.</summary>
public sealed class SessionOverException(SessionEndReason reason) : Exception($"The session is over ({reason}).")
{
    /// <summary>Why.</summary>
    public SessionEndReason Reason { get; } = reason;
}
