using System.Runtime.ExceptionServices;
using BankPortal.Infrastructure.Identity.SignIn;

namespace BankPortal.Web.Components.Layout;

public sealed partial class PageErrorBoundary
{
    private string? _reference;

    [Inject] public required ILogger<PageErrorBoundary> Logger { get; init; }

    protected override Task OnErrorAsync(Exception exception)
    {
        // No fault: the tab is on its way to the sign-in page.
        if (exception is SessionOverException)
        {
            return Task.CompletedTask;
        }

        // No fault either: the request is answered with 503 and the time to come back.
        if (exception is PasswordHashingBusyException)
        {
            ExceptionDispatchInfo.Capture(exception).Throw();
        }

        _reference = ErrorReference.New();
        PageFailed(Logger, _reference, exception);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page failed; reference {Reference}")]
    private static partial void PageFailed(ILogger logger, string reference, Exception exception);
}
