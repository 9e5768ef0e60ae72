using Microsoft.AspNetCore.Components.Server.Circuits;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>
/// Ties a circuit to its session. Once the session is over, nothing that the tab sends is processed. Inbound traffic does not
/// count as activity of the person, because timers, charts and interop replies come the same way. The tab reports activity
/// (<see cref="CircuitSession.ReportActivity"/>).
/// </summary>
internal sealed class SessionCircuitHandler(CircuitSession session) : CircuitHandler
{
    // Kept when the connection is lost: a circuit can reconnect, and must then still be tied to its session.
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) =>
        session.AttachAsync(CancellationToken.None);

    // What was said to a tab whose connection was down got lost.
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        session.Reconnected();
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        session.Dispose();
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next
    ) => context => session.Over is null ? next(context) : Task.CompletedTask;
}
