using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace BankPortal.Tests.Identity.Sessions;

[UnitTest]
public sealed class ActorProviderTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly FakeSessions _sessions;
    private readonly SessionMonitor _monitor;
    private readonly SessionGate _gate;
    private readonly SessionAuthenticationStateProvider _authentication = new();
    private readonly CircuitSession _circuit;
    private readonly ActorProvider _actors;

    public ActorProviderTests()
    {
        _sessions = new FakeSessions(_time);
        var options = Options.Create(new SessionOptions());
        _monitor = new SessionMonitor(_sessions, _sessions, options, _time, NullLogger<SessionMonitor>.Instance);
        _gate = new SessionGate(_sessions, _sessions, _monitor, options, _time);
        _circuit = new CircuitSession(
            _monitor, _sessions, _authentication, new SessionProofs(new EphemeralDataProtectionProvider(), _time));
        _actors = new ActorProvider(_authentication, new HttpContextAccessor(), _circuit, _gate);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _circuit.Dispose();
        _gate.Dispose();
        _monitor.Dispose();
    }

    [Fact]
    public async Task GetAsync_LiveSession_GivesThePersonAsStored()
    {
        var provenAt = _time.GetUtcNow();
        await OpenAsync(BankRoles.Customer, secondFactorAt: provenAt);

        var actor = await _actors.GetAsync(Ct);

        Assert.Equal("u1", actor.UserId);
        Assert.Equal("s1", actor.SessionId);
        Assert.Equal([BankRoles.Customer], actor.Roles);
        Assert.Equal(provenAt, actor.SecondFactorAt);
    }

    [Fact]
    public async Task GetAsync_EndedOnThisNode_IsRefusedAtOnce()
    {
        await OpenAsync(BankRoles.Customer);
        await _actors.GetAsync(Ct);

        await _sessions.EndAsync("u1", "s1", SessionEndReason.Ended, Ct);

        var over = await Assert.ThrowsAsync<SessionOverException>(() => _actors.GetAsync(Ct));
        Assert.Equal(SessionEndReason.Ended, over.Reason);
        Assert.Null(await _actors.FindAsync(Ct));
    }

    [Fact]
    public async Task GetAsync_EndedOnAnotherNode_IsRefusedWithinTwoSecondsAndTellsTheTab()
    {
        await OpenAsync(BankRoles.Customer);
        await _actors.GetAsync(Ct);
        _sessions.EndElsewhere("s1");
        _time.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<SessionOverException>(() => _actors.GetAsync(Ct));

        Assert.Equal(SessionEndReason.Ended, _circuit.Over);
    }

    [Fact]
    public async Task GetAsync_CredentialsChanged_IsRefused()
    {
        await OpenAsync(BankRoles.Customer);
        await _actors.GetAsync(Ct);
        _sessions.Stamps["u1"] = "stamp-2";
        _time.Advance(TimeSpan.FromSeconds(2));

        var over = await Assert.ThrowsAsync<SessionOverException>(() => _actors.GetAsync(Ct));

        Assert.Equal(SessionEndReason.SecurityChanged, over.Reason);
    }

    [Fact]
    public async Task GetAsync_IdleTooLong_IsRefusedEvenBeforeTheMonitorNotices()
    {
        await OpenAsync(BankRoles.Customer);
        await _actors.GetAsync(Ct);
        _time.Advance(FakeSessions.Idle);

        var over = await Assert.ThrowsAsync<SessionOverException>(() => _actors.GetAsync(Ct));

        Assert.Equal(SessionEndReason.Idle, over.Reason);
    }

    [Fact]
    public async Task GetAsync_ActivityNotStoredYet_Counts()
    {
        await OpenAsync(BankRoles.Customer);
        _time.Advance(FakeSessions.Idle - TimeSpan.FromSeconds(1));
        _circuit.ReportActivity();
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("u1", (await _actors.GetAsync(Ct)).UserId);
    }

    [Theory]
    [InlineData(BankRoles.Analyst)]
    [InlineData(BankRoles.Compliance)]
    [InlineData(BankRoles.Manager)]
    [InlineData(BankRoles.Admin)]
    public async Task GetAsync_StaffWithoutSecondFactor_IsRefused(string role)
    {
        await OpenAsync(role);

        await Assert.ThrowsAsync<SessionOverException>(() => _actors.GetAsync(Ct));
    }

    [Fact]
    public async Task GetAsync_StaffWithSecondFactor_IsLetIn()
    {
        await OpenAsync(BankRoles.Analyst, multiFactor: true);

        Assert.True((await _actors.GetAsync(Ct)).IsStaff);
    }

    [Fact]
    public async Task GetAsync_RoleTakenAwayInTheStore_IsGoneWithinTwoSeconds()
    {
        await OpenAsync(BankRoles.Analyst, multiFactor: true);
        Assert.Equal([BankRoles.Analyst], (await _actors.GetAsync(Ct)).Roles);
        _sessions.Roles["u1"] = [BankRoles.Customer];
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Empty((await _actors.GetAsync(Ct)).Roles);
    }

    [Fact]
    public async Task GetAsync_RoleGivenInTheStore_NeedsANewSignIn()
    {
        await OpenAsync(BankRoles.Customer);
        _sessions.Roles["u1"] = [BankRoles.Customer, BankRoles.Admin];

        // Staff have no customer's rights either, and nobody is an administrator without a second factor.
        Assert.Empty((await _actors.GetAsync(Ct)).Roles);
    }

    [Fact]
    public async Task GetAsync_OwnerUnknownToTheStore_HasNoRoles()
    {
        await OpenAsync(BankRoles.Analyst, multiFactor: true);
        _sessions.Roles["u1"] = [];

        Assert.Empty((await _actors.GetAsync(Ct)).Roles);
    }

    [Fact]
    public async Task GetAsync_ManyCommands_AskTheStoreOnceInTwoSeconds()
    {
        await OpenAsync(BankRoles.Customer);
        for (var i = 0; i < 20; i++)
        {
            await _actors.GetAsync(Ct);
        }

        Assert.Equal(1, _sessions.Reads);
        _time.Advance(TimeSpan.FromSeconds(2));
        await _actors.GetAsync(Ct);
        Assert.Equal(2, _sessions.Reads);
    }

    [Fact]
    public async Task GetAsync_StoreAway_LetsNobodyAct()
    {
        await OpenAsync(BankRoles.Customer);
        _sessions.Away = true;

        await Assert.ThrowsAsync<TimeoutException>(() => _actors.GetAsync(Ct));
    }

    [Fact]
    public async Task FindAsync_Visitor_IsNobody()
    {
        _authentication.SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));

        Assert.Null(await _actors.FindAsync(Ct));
    }

    [Fact]
    public async Task Over_InACircuit_SignsNobodyInAnyMore()
    {
        await OpenAsync(BankRoles.Customer);

        await _sessions.EndAsync("u1", "s1", SessionEndReason.Ended, Ct);

        var state = await _authentication.GetAuthenticationStateAsync();
        Assert.False(state.User.Identity?.IsAuthenticated);
    }

    [Fact]
    public async Task Attach_SessionGoneAlready_IsOver()
    {
        _sessions.Add("s1");
        SignIn(BankRoles.Customer, multiFactor: false);
        _sessions.EndElsewhere("s1");

        await _circuit.AttachAsync(Ct);

        Assert.Equal(SessionEndReason.Ended, _circuit.Over);
    }

    private async Task OpenAsync(string role, bool multiFactor = false, DateTimeOffset? secondFactorAt = null)
    {
        _sessions.Add("s1", secondFactorAt: secondFactorAt);
        _sessions.Roles["u1"] = [role];
        SignIn(role, multiFactor);
        await _circuit.AttachAsync(Ct);
    }

    private void SignIn(string role, bool multiFactor)
    {
        List<Claim> claims = [new(ClaimTypes.NameIdentifier, "u1"), new(BankClaims.SessionId, "s1"), new(ClaimTypes.Role, role)];
        if (multiFactor)
        {
            claims.Add(new Claim(BankClaims.AuthenticationMethod, BankClaims.MultiFactor));
        }

        var user = new ClaimsPrincipal(new ClaimsIdentity(claims, "test"));
        _authentication.SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
    }
}
