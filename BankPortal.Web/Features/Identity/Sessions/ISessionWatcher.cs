namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>Shows the state of a session in one open tab. Called from any thread; must not block.</summary>
internal interface ISessionWatcher
{
    /// <summary>The phase of the session has changed, or the countdown near its end goes on.</summary>
    void OnStanding(SessionStanding standing);

    /// <summary>The session has a new key. Called again for the same key is possible.</summary>
    void OnKey(long keyNumber);

    /// <summary>The session is over. Called once.</summary>
    void OnOver(SessionEndReason reason);
}
