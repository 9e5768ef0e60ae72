namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>Someone who shows a session's life to the person: one per open tab. Called from any thread; must not block.</summary>
internal interface ISessionWatcher
{
    /// <summary>The session has moved within its life, or, near an end, a moment has passed.</summary>
    void OnStanding(SessionStanding standing);

    /// <summary>The session is over. Called once.</summary>
    void OnOver(SessionEndReason reason);
}
