using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Identity.Sessions;

[UnitTest]
public sealed class SessionCircuitHandlerTests
{
    [Fact]
    public async Task Inbound_AfterTheSessionIsOver_IsNotProcessed()
    {
        var ct = TestContext.Current.CancellationToken;
        var time = new ManualTime();
        var sessions = new FakeSessions(time);
        var options = Options.Create(new SessionOptions());
        using var monitor = new SessionMonitor(sessions, sessions, options, time, NullLogger<SessionMonitor>.Instance);
        var authentication = new SessionAuthenticationStateProvider();
        authentication.SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, "u1"), new Claim(BankClaims.SessionId, "s1")], "test")))));
        using var circuit = new CircuitSession(
            monitor, sessions, authentication, new SessionProofs(new EphemeralDataProtectionProvider(), time));
        sessions.Add("s1");
        var handler = new SessionCircuitHandler(circuit);
        await handler.OnCircuitOpenedAsync(null!, ct);
        var processed = 0;
        var inbound = handler.CreateInboundActivityHandler(_ =>
        {
            processed++;
            return Task.CompletedTask;
        });
        var activity = (CircuitInboundActivityContext)RuntimeHelpers.GetUninitializedObject(typeof(CircuitInboundActivityContext));

        await inbound(activity);
        Assert.Equal(1, processed);
        time.Advance(TimeSpan.FromMinutes(4));
        await inbound(activity);

        // Traffic is no activity of the person: the idle end comes all the same.
        time.Advance(TimeSpan.FromMinutes(1));
        await monitor.TickAsync(ct);
        Assert.Equal(SessionEndReason.Idle, circuit.Over);
        await inbound(activity);
        Assert.Equal(2, processed);

        await handler.OnCircuitClosedAsync(null!, ct);
        Assert.Equal(0, monitor.Count);
    }
}
