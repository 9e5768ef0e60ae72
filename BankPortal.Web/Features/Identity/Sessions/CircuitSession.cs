using BankPortal.Infrastructure.Identity.Sessions;
using Microsoft.AspNetCore.Components.Authorization;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>
/// The session of one open tab (circuit): its state, and the reason once it is over. Scoped; it stays empty in a plain
/// request.
/// </summary>
public sealed class CircuitSession : ISessionWatcher, IDisposable
{
    private readonly SessionMonitor _monitor;
    private readonly ISessionRegistry _registry;
    private readonly AuthenticationStateProvider _authentication;
    private readonly SessionProofs _proofs;
    private readonly SessionKeyWatch _key;
    private IDisposable? _watching;
    private bool _disposed;

    internal CircuitSession(
        SessionMonitor monitor, ISessionRegistry registry, AuthenticationStateProvider authentication, SessionProofs proofs)
    {
        _monitor = monitor;
        _registry = registry;
        _authentication = authentication;
        _proofs = proofs;
        _key = new SessionKeyWatch(
            proofs, () => Changed?.Invoke(this, EventArgs.Empty), () => OnOver(SessionEndReason.SecurityChanged));
    }

    /// <summary>Raised from any thread when <see cref="Standing"/>, <see cref="MissingKey"/> or <see cref="Over"/> changed.</summary>
    public event EventHandler? Changed;

    /// <summary>The session; <see langword="null"/> for a visitor.</summary>
    public SessionHandle? Session { get; private set; }

    /// <summary>The last known state of the session; <see langword="null"/> before the first notification.</summary>
    public SessionStanding? Standing { get; private set; }

    /// <summary>Why the session is over; <see langword="null"/> while it lives.</summary>
    public SessionEndReason? Over { get; private set; }

    /// <summary>
    /// The session's newest key while the tab has not proven that its browser has it; <see langword="null"/> otherwise. Until then the
    /// tab can do nothing for the person, because it may belong to a copy of the old cookie.
    /// </summary>
    public long? MissingKey => Over is null ? _key.Missing : null;

    /// <summary>Starts to watch the session of the person who opened the circuit.</summary>
    internal async Task AttachAsync(CancellationToken ct)
    {
        var user = (await _authentication.GetAuthenticationStateAsync()).User;
        if (user.UserId() is null || _watching is not null)
        {
            return;
        }

        Session = SessionHandle.From(user);
        if (Session is null || await _registry.FindAsync(Session.UserId, Session.SessionId, ct) is not { } row)
        {
            OnOver(SessionEndReason.Ended);
            return;
        }

        _key.Begin(BankClaims.KeyNumberOf(user));
        _key.Renewed(row.KeyNumber);
        _watching = _monitor.Watch(Session, row, this, user.BankRolesOf());
        if (_disposed)
        {
            _watching.Dispose();
        }
    }

    /// <summary>The person did something in this tab. During the idle countdown only <see cref="Stay"/> counts.</summary>
    public void ReportActivity()
    {
        if (Session is { } session && Over is null && Standing?.Phase != SessionPhase.IdleWarning)
        {
            _monitor.Active(session.SessionId);
        }
    }

    /// <summary>The person answers the countdown: stay signed in.</summary>
    public void Stay()
    {
        if (Session is { } session && Over is null)
        {
            _monitor.Active(session.SessionId);
        }
    }

    /// <summary>The tab hands over a proof that its browser has the session's key; see <see cref="SessionProofs"/>.</summary>
    public void Prove(string? proof)
    {
        if (Session is { } session && _proofs.Read(session, proof) is { } keyNumber)
        {
            _key.Prove(keyNumber);
        }
    }

    /// <summary>
    /// Waits until the tab has proven that its browser has the key; <see langword="false"/> when it does not, and is over. Always true
    /// outside a circuit, where each request brings its key.
    /// </summary>
    internal async Task<bool> HasKeyAsync(long keyNumber, CancellationToken ct)
    {
        if (Session is null || await _key.HasAsync(keyNumber, ct))
        {
            return true;
        }

        OnOver(SessionEndReason.SecurityChanged);
        return false;
    }

    /// <summary>The person answers the countdown: sign out. Ends the session in all its tabs.</summary>
    public async Task SignOutAsync(CancellationToken ct = default)
    {
        if (Session is { } session)
        {
            await _registry.EndAsync(session.UserId, session.SessionId, SessionEndReason.SignedOut, ct);
        }

        OnOver(SessionEndReason.SignedOut);
    }

    /// <summary>The tab is connected (again): it is told that the session is over, in case it missed that.</summary>
    internal void Reconnected()
    {
        if (Over is not null)
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>A command found the session to be over before the monitor did.</summary>
    internal void FoundOver(SessionEndReason reason)
    {
        // A tab that is over already may be so alone, because of its key; the others of the session go on.
        if (Session is { } session && Over is null)
        {
            _monitor.End(session.SessionId, reason);
        }

        OnOver(reason);
    }

    void ISessionWatcher.OnStanding(SessionStanding standing)
    {
        Standing = standing;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    void ISessionWatcher.OnKey(long keyNumber) => _key.Renewed(keyNumber);

    void ISessionWatcher.OnOver(SessionEndReason reason) => OnOver(reason);

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _watching?.Dispose();
        _key.Dispose();
    }

    private void OnOver(SessionEndReason reason)
    {
        if (Over is null)
        {
            Over = reason;
            Changed?.Invoke(this, EventArgs.Empty);
            (_authentication as SessionAuthenticationStateProvider)?.SignOut();
        }
    }
}
