using Microsoft.AspNetCore.Diagnostics;

namespace BankPortal.Web.Features.Home;

/// <summary>Shown when a request failed. Writes the one log line that the reference leads to; shows nothing of the fault itself.</summary>
public sealed partial class Error
{
    [Inject] public required ILogger<Error> Logger { get; init; }

    [CascadingParameter] private HttpContext? HttpContext { get; set; }

    private string? Reference { get; set; }

    protected override void OnInitialized()
    {
        if (HttpContext?.Features.Get<IExceptionHandlerFeature>() is not { } fault)
        {
            return;
        }

        Reference = ErrorReference.New();
        RequestFailed(Logger, Reference, HttpContext.Request.Method, fault.Endpoint?.DisplayName, fault.Error);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed; reference {Reference}, {Method} {Endpoint}")]
    private static partial void RequestFailed(ILogger logger, string reference, string method, string? endpoint, Exception exception);
}
