using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace BankPortal.Tests.Identity.Sessions;

/// <summary>Open tabs when the session's key is renewed: those of the same browser prove that they have it, others are over.</summary>
[UnitTest]
public sealed class SessionKeyTests : IDisposable
{
    private static readonly SessionHandle Session = new("u1", "s1");

    private readonly ManualTime _time = new();
    private readonly FakeSessions _sessions;
    private readonly SessionMonitor _monitor;
    private readonly SessionGate _gate;
    private readonly SessionProofs _proofs;
    private readonly List<CircuitSession> _tabs = [];

    public SessionKeyTests()
    {
        _sessions = new FakeSessions(_time);
        var options = Options.Create(new SessionOptions());
        _monitor = new SessionMonitor(_sessions, _sessions, options, _time, NullLogger<SessionMonitor>.Instance);
        _gate = new SessionGate(_sessions, _sessions, _monitor, options, _time);
        _proofs = new SessionProofs(new EphemeralDataProtectionProvider(), _time);
        _sessions.Add("s1");
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _tabs.ForEach(tab => tab.Dispose());
        _gate.Dispose();
        _monitor.Dispose();
    }

    [Fact]
    public async Task GetAsync_KeyRenewed_WaitsUntilTheTabHasProvenIt()
    {
        var (tab, actors) = await OpenAsync();
        await actors.GetAsync(Ct);
        var key = _sessions.Renew("s1");
        Assert.Equal(key, tab.MissingKey);

        var command = actors.GetAsync(Ct);
        Assert.False(command.IsCompleted);
        tab.Prove(_proofs.Make(Session, key));

        Assert.Equal("u1", (await command).UserId);
        Assert.Null(tab.MissingKey);
        Assert.Null(tab.Over);
        _time.Advance(SessionProofs.Patience);
        Assert.Null(tab.Over);
    }

    [Fact]
    public async Task GetAsync_TabThatCannotProve_IsOverAloneAndDoesNothing()
    {
        var (thief, actors) = await OpenAsync();
        var (owner, ownersActors) = await OpenAsync();
        var key = _sessions.Renew("s1");
        owner.Prove(_proofs.Make(Session, key));

        var command = actors.GetAsync(Ct);
        _time.Advance(SessionProofs.Patience);

        await Assert.ThrowsAsync<SessionOverException>(() => command);
        Assert.Equal(SessionEndReason.SecurityChanged, thief.Over);
        Assert.Null(owner.Over);
        Assert.Equal("u1", (await ownersActors.GetAsync(Ct)).UserId);
        Assert.True(_sessions.Rows.ContainsKey("s1"));
    }

    [Fact]
    public async Task Prove_OldWrongOrForeignProof_OpensNothing()
    {
        var (tab, _) = await OpenAsync();
        var early = _proofs.Make(Session, 0);
        var key = _sessions.Renew("s1");
        tab.Prove(early);
        tab.Prove(_proofs.Make(new SessionHandle("u1", "s2"), key));
        tab.Prove(new SessionProofs(new EphemeralDataProtectionProvider(), _time).Make(Session, key));
        tab.Prove("nonsense");
        tab.Prove(null);
        Assert.Equal(key, tab.MissingKey);

        var late = _proofs.Make(Session, key);
        _time.Advance(TimeSpan.FromSeconds(5));
        tab.Prove(late);
        Assert.Null(tab.MissingKey);
    }

    [Fact]
    public void Read_ProofOlderThanAMinute_IsNotValid()
    {
        var proof = _proofs.Make(Session, 3);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(3, _proofs.Read(Session, proof));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_proofs.Read(Session, proof));
    }

    [Fact]
    public async Task Tick_KeyRenewedOnAnotherNode_AsksTheTabWithTheNextPoll()
    {
        var (tab, _) = await OpenAsync();
        await _monitor.TickAsync(Ct);
        var key = _sessions.Renew("s1", elsewhere: true);

        _time.Advance(TimeSpan.FromSeconds(3));
        await _monitor.TickAsync(Ct);

        Assert.Equal(key, tab.MissingKey);
    }

    [Fact]
    public async Task Renewed_AgainWhileAsked_NeedsTheNewestKey()
    {
        var (tab, _) = await OpenAsync();
        var first = _sessions.Renew("s1");
        var second = _sessions.Renew("s1");
        tab.Prove(_proofs.Make(Session, first));
        Assert.Equal(second, tab.MissingKey);

        tab.Prove(_proofs.Make(Session, second));
        Assert.Null(tab.MissingKey);
        _time.Advance(SessionProofs.Patience);
        Assert.Null(tab.Over);
    }

    [Fact]
    public async Task Attach_CircuitOpenedWithAnOldKey_MustProve()
    {
        var key = _sessions.Renew("s1");

        var (late, _) = await OpenAsync();
        var (current, _) = await OpenAsync(key);

        Assert.Equal(key, late.MissingKey);
        Assert.Null(current.MissingKey);
    }

    private async Task<(CircuitSession Tab, ActorProvider Actors)> OpenAsync(long keyNumber = 0)
    {
        var authentication = new SessionAuthenticationStateProvider();
        authentication.SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, "u1"),
                new Claim(BankClaims.SessionId, "s1"),
                new Claim(BankClaims.KeyNumber, keyNumber.ToString(CultureInfo.InvariantCulture)),
                new Claim(ClaimTypes.Role, BankRoles.Customer),
            ],
            "test")))));
        var tab = new CircuitSession(_monitor, _sessions, authentication, _proofs);
        _tabs.Add(tab);
        await tab.AttachAsync(Ct);
        return (tab, new ActorProvider(authentication, new HttpContextAccessor(), tab, _gate));
    }
}
