using Microsoft.AspNetCore.Components.Server.Circuits;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>
/// Ties a circuit to its session, and closes its ears once the session is over: nothing a tab sends is processed any more,
/// whatever the browser does about being told. Inbound traffic itself is not taken for activity of the person: timers,
/// charts and interop replies come the same way. The tab reports what the person does
/// (<see cref="CircuitSession.ReportActivity"/>).
/// </summary>
internal sealed class SessionCircuitHandler(CircuitSession session) : CircuitHandler
{
    // Not given up with the connection: a circuit can be taken up again, and must then be tied to its session.
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) =>
        session.AttachAsync(CancellationToken.None);

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        session.Dispose();
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        context => session.Over is null ? next(context) : Task.CompletedTask;
}
