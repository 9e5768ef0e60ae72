namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>The session is over, so nothing can be done with it. The tab goes to the sign-in page.</summary>
public sealed class SessionOverException(SessionEndReason reason) : Exception($"The session is over ({reason}).")
{
    /// <summary>The reason.</summary>
    public SessionEndReason Reason { get; } = reason;
}
